/**
 * Quality of tickets (measure Q2): scripted days through a whole hub in virtual time, judged by what truly happened.
 *
 * <p>In: {@link io.fengsui.benchmarks.storm.StormDay}s. Out: a table: tickets for each true happening, messages a person
 * and hour, what was missed. Thread: the caller's; the hub has its own.
 */
@NullMarked
package io.fengsui.benchmarks.storm;

import org.jspecify.annotations.NullMarked;
