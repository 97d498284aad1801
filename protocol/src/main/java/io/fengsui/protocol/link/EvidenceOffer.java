package io.fengsui.protocol.link;

import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Sha256;
import java.util.UUID;

/** The edge has a picture or clip on disk and would send it; the hub answers from which byte on it wants it. */
public record EvidenceOffer(String edge, EventId event, UUID evidence, String mediaType, Sha256 sha256, long size) {
    public EvidenceOffer {
        Checks.id("edge", edge);
        Checks.id("media type", mediaType);
        if (sha256.isNone() || size <= 0) {
            throw new IllegalArgumentException("offered evidence has a hash and a size: " + evidence);
        }
    }
}
