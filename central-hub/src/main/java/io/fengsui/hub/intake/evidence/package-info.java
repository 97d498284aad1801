/**
 * Takes pictures and clips of edges, chunk by chunk.
 *
 * <p>In: a gRPC stream. Out: bytes to an {@link io.fengsui.hub.intake.evidence.EvidenceStore}, then a row to an {@link
 * io.fengsui.hub.intake.evidence.EvidenceLog}. Thread: a blocking one of Armeria's, one call at a time; answers on the
 * log's. Must not import sessions.
 */
@NullMarked
package io.fengsui.hub.intake.evidence;

import org.jspecify.annotations.NullMarked;
