/**
 * Working time: which days and hours people work, holidays and exchanged days (调休) as data, and limits measured in
 * natural or working time.
 *
 * <p>In: calendar files. Out: {@link io.fengsui.hub.calendar.WorkingCalendar}, {@link io.fengsui.hub.calendar.Limit}. Pure
 * values, any thread. Imports {@code settings} and {@code protocol} only.
 */
@NullMarked
package io.fengsui.hub.calendar;

import org.jspecify.annotations.NullMarked;
