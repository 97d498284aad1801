/**
 * Tries rules on timelines in virtual time: rule tests, and what a changed rule would have found.
 *
 * <p>Rules and a timeline of readings and pictures in, findings out. Pure: no clock, no threads.
 */
@NullMarked
package io.fengsui.rules.trial;

import org.jspecify.annotations.NullMarked;
