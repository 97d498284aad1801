/**
 * What mapping and rules cost: readings a second on one core, beside the naive way of evaluating every rule for every
 * reading. In one thread, without disk; prints a table and JSON Lines.
 */
@NullMarked
package io.fengsui.benchmarks.rules;

import org.jspecify.annotations.NullMarked;
