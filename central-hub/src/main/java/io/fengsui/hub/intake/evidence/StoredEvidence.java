package io.fengsui.hub.intake.evidence;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Sha256;
import java.util.UUID;

/** A picture or clip that is on the hub's disk, its hash verified. */
public record StoredEvidence(String edge, EventId event, UUID id, String mediaType, Sha256 sha256, long size) {}
