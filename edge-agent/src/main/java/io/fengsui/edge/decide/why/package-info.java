/**
 * Why, and why not: the newest decisions of gate, detector, tracker, zones and rules about each camera and sensor.
 *
 * <p>Decisions in, lines for people out. Written on {@code decide}, read on any thread. Must not import decide itself.
 */
@NullMarked
package io.fengsui.edge.decide.why;

import org.jspecify.annotations.NullMarked;
