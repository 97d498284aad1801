/**
 * Which steps lead from which state to which: workflows as they are read from their files.
 *
 * <p>In: YAML. Out: {@link io.fengsui.hub.ticket.workflow.Workflow}s. Thread: any; immutable. Must not import tickets.
 */
@NullMarked
package io.fengsui.hub.ticket.workflow;

import org.jspecify.annotations.NullMarked;
