/**
 * Figures that the command centre is judged by, verdicts on tickets, and tickets as CSV and GeoJSON.
 *
 * <p>In: requests. Out: JSON, CSV, tasks for the shard. Thread: Armeria's blocking executor. Imports {@code
 * console.http}, not {@code console}.
 */
@NullMarked
package io.fengsui.hub.console.figures;

import org.jspecify.annotations.NullMarked;
