package io.fengsui.protocol;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Sha256;
import java.util.UUID;

/**
 * A picture or clip that belongs to an event. The bytes travel apart.
 *
 * @param id names it for ever; the file's hash is not known while it is pending
 * @param sha256 32 bytes when ready, else empty
 * @param size bytes when ready, else 0
 * @param lostReason why it will never come; empty unless lost
 */
public record Evidence(
        UUID id, String mediaType, EvidenceState state, Sha256 sha256, long size, Moment taken, String lostReason) {
    public Evidence {
        Checks.id("media type", mediaType);
        Checks.text("lost reason", lostReason);
        if (state == EvidenceState.READY && (sha256.isNone() || size <= 0)) {
            throw new IllegalArgumentException("ready evidence has a hash and a size: " + id);
        }
    }

    public static Evidence pending(UUID id, String mediaType, Moment taken) {
        return new Evidence(id, mediaType, EvidenceState.PENDING, Sha256.NONE, 0, taken, "");
    }

    public Evidence ready(Sha256 hash, long bytes) {
        return new Evidence(id, mediaType, EvidenceState.READY, hash, bytes, taken, "");
    }

    public Evidence lost(String reason) {
        return new Evidence(id, mediaType, EvidenceState.LOST, Sha256.NONE, 0, taken, reason);
    }
}
