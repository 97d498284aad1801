/**
 * Makes events of what people and other systems told.
 *
 * <p>In: {@link io.fengsui.hub.shard.input.TaskInput.Reported}. Out: events, given to {@code correlate} as if an edge had
 * sent them. Thread: the shard's writer. {@link io.fengsui.hub.correlate.report.ReportEvent} is pure.
 */
@NullMarked
package io.fengsui.hub.correlate.report;

import org.jspecify.annotations.NullMarked;
