/**
 * The door for edges: authenticates, checks order and hashes of what they send, hands it to the log, acknowledges what
 * the log has committed, and takes evidence.
 *
 * <p>In: gRPC streams (Armeria). Out: calls of {@link io.fengsui.hub.intake.EventLog} and {@link
 * io.fengsui.hub.intake.evidence.EvidenceStore}. Thread: Armeria's event loops and the log's writer; nothing blocks.
 * Imports {@code fleet} and {@code grid} only.
 */
@NullMarked
package io.fengsui.hub.intake;

import org.jspecify.annotations.NullMarked;
