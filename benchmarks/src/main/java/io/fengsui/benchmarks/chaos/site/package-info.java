/**
 * Whole processes under faults: what is done to a town, and what came of it.
 *
 * <p>One town a batch, in a folder of its own; an outcome a part out. Threads: the run's.
 */
@NullMarked
package io.fengsui.benchmarks.chaos.site;

import org.jspecify.annotations.NullMarked;
