/**
 * A real hub, a real agent, a real broker and a publisher of alarms that keeps its obligations in mind, to be harmed.
 *
 * <p>Settings and faults in; judgements of what is stored out. The publisher has a thread, everything else is the caller's.
 */
@NullMarked
package io.fengsui.benchmarks.chaos.town;

import org.jspecify.annotations.NullMarked;
