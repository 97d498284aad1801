/**
 * Working time: which days and hours people work, holidays and exchanged days (调休) as data, and limits measured in
 * natural or working time.
 *
 * <p>In: calendar files. Out: {@link io.fengsui.rules.calendar.WorkingCalendar}, {@link io.fengsui.rules.calendar.Limit}. Pure
 * values, any thread. Shared by hub and edge. Imports {@code settings} only.
 */
@NullMarked
package io.fengsui.rules.calendar;

import org.jspecify.annotations.NullMarked;
