/**
 * What all parts of a run share: the plan, where things lie, processes to be harmed, faults that are put into them, outcomes.
 *
 * <p>Knows no promise. Confined to the run's thread unless said otherwise.
 */
@NullMarked
package io.fengsui.benchmarks.chaos.lab;

import org.jspecify.annotations.NullMarked;
