/**
 * What follows from an input: one class for each sort of check, all behind {@code Evaluation}.
 *
 * <p>A rule, its state, an input and the time in; the next state, a reason and findings out. Pure: no clock, no I/O, no
 * threads. The values of {@code rules} do not import it.
 */
@NullMarked
package io.fengsui.rules.evaluation;

import org.jspecify.annotations.NullMarked;
