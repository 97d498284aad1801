/**
 * When a rule counts: windows of time with holidays and exchanged days, mute windows, and modes of a place (night,
 * typhoon, heating season) that a timetable or a person switches.
 *
 * <p>A moment and the modes' switches in, a {@code Standing} out. Pure: no clock, no I/O, no threads. Imports {@code
 * rules.calendar} only.
 */
@NullMarked
package io.fengsui.rules.timing;

import org.jspecify.annotations.NullMarked;
