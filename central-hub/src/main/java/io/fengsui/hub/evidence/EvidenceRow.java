package io.fengsui.hub.evidence;

import io.fengsui.hub.intake.evidence.StoredEvidence;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.value.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one promised picture or clip, as far as the hub is concerned: {@code READY} means on the hub's disk,
 * whatever its edge says. What is ready stays ready; what was lost may still come. Pure.
 */
public record EvidenceRow(String id, Owner owner, EvidenceState state, Content content, String lostReason) {

    /** @param ticket null while its event's incident has none */
    public record Owner(String edge, String event, @Nullable String ticket) {}

    /** @param taken when the picture was taken, by the hub's clock; null when not known */
    public record Content(
            String mediaType,
            Sha256 sha256,
            long size,
            @Nullable Instant taken,
            @Nullable Instant received) {}

    /** The row after news of its event; {@code known} is null when it is the first word of it. */
    static EvidenceRow promised(@Nullable EvidenceRow known, Owner owner, Evidence evidence, Instant taken) {
        boolean isLost = evidence.state() == EvidenceState.LOST;
        if (known == null) {
            return new EvidenceRow(
                    evidence.id().toString(),
                    owner,
                    isLost ? EvidenceState.LOST : EvidenceState.PENDING,
                    new Content(evidence.mediaType(), Sha256.NONE, 0, taken, null),
                    evidence.lostReason());
        }
        Content content = known.content;
        Content dated = new Content(content.mediaType, content.sha256, content.size, taken, content.received);
        EvidenceRow row = new EvidenceRow(known.id, owner, known.state, dated, known.lostReason);
        return isLost ? row.lost(evidence.lostReason()) : row;
    }

    /** The row of another edge's picture that belongs to a ticket too; {@code known} is null when it has not come yet. */
    static EvidenceRow lent(@Nullable EvidenceRow known, String id, Owner owner) {
        return known == null
                ? new EvidenceRow(
                        id, owner, EvidenceState.PENDING, new Content("image/jpeg", Sha256.NONE, 0, null, null), "")
                : new EvidenceRow(known.id, owner, known.state, known.content, known.lostReason);
    }

    /** The row once the bytes are on disk. */
    static EvidenceRow stored(@Nullable EvidenceRow known, StoredEvidence stored, Instant now) {
        Owner owner = known == null ? new Owner(stored.edge(), stored.event().toString(), null) : known.owner;
        Instant taken = known == null ? null : known.content.taken;
        return new EvidenceRow(
                stored.id().toString(),
                owner,
                EvidenceState.READY,
                new Content(stored.mediaType(), stored.sha256(), stored.size(), taken, now),
                "");
    }

    /** The same, of a ticket that is opened only now. */
    EvidenceRow of(String ticket) {
        return new EvidenceRow(id, new Owner(owner.edge, owner.event, ticket), state, content, lostReason);
    }

    EvidenceRow lost(String reason) {
        return state == EvidenceState.READY ? this : new EvidenceRow(id, owner, EvidenceState.LOST, content, reason);
    }

    boolean isReadyPicture() {
        return state == EvidenceState.READY && content.mediaType.startsWith("image/");
    }
}
