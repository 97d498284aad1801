/**
 * Breaks the programs on purpose and tells whether the promises of docs/robustness.md were kept.
 *
 * <p>A plan in; a line of JSON a batch, a table and measures out. {@code oracle} judges, {@code spool} breaks the edge's spool
 * alone, {@code site} breaks whole processes; this package chooses, counts and prints.
 */
@NullMarked
package io.fengsui.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
