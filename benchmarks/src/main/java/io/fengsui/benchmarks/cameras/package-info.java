/**
 * How many cameras one machine watches, at what cost, and what it misses: Fengsui and its peers over the same simulated cameras.
 *
 * <p>Trials in; one file of raw numbers a trial, a table and measures out. Each program is a process of its own, also the peers.
 */
@NullMarked
package io.fengsui.benchmarks.cameras;

import org.jspecify.annotations.NullMarked;
