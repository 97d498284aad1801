/**
 * Whole processes under faults: a real hub, a real agent, a real broker, a publisher of alarms that keeps its obligations in mind.
 *
 * <p>One town a batch, in a folder of its own; an outcome a part out. The publisher has a thread, everything else is the run's.
 */
@NullMarked
package io.fengsui.benchmarks.chaos.site;

import org.jspecify.annotations.NullMarked;
