/**
 * Patrols: a timetable of cameras whose pictures are taken, looked at and laid on one contact sheet.
 *
 * <p>Settings and looked pictures in, rounds out. Thread {@code patrol}. Must not import what comes after it in the flow.
 */
@NullMarked
package io.fengsui.edge.patrol;

import org.jspecify.annotations.NullMarked;
