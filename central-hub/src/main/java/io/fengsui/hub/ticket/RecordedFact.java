package io.fengsui.hub.ticket;

import io.fengsui.protocol.value.Sha256;
import java.time.Instant;

/**
 * A fact with its place in its ticket's chain.
 *
 * @param version the ticket's version with this fact
 * @param form how the fact is written down
 * @param chainHash SHA-256(chain hash before, payload hash): what the payload was can be erased, that it was cannot
 */
public record RecordedFact(
        String ticket,
        long version,
        Instant at,
        String actor,
        TicketFact fact,
        FactForm form,
        Sha256 payloadHash,
        Sha256 chainHash) {

    static RecordedFact after(Sha256 chain, String ticket, long version, Stamp stamp, TicketFact fact) {
        FactForm form = FactForm.of(fact);
        Sha256 payload = form.hash(ticket, version, stamp);
        byte[] before = chain.isNone() ? new byte[32] : chain.bytes();
        var digest = Sha256.digest();
        digest.update(before);
        digest.update(payload.bytes());
        return new RecordedFact(
                ticket, version, stamp.at(), stamp.actor(), fact, form, payload, Sha256.of(digest.digest()));
    }

    /** When and by whom. */
    public record Stamp(Instant at, String actor) {}
}
