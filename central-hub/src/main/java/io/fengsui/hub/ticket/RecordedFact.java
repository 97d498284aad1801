package io.fengsui.hub.ticket;

import io.fengsui.protocol.value.Sha256;
import java.security.MessageDigest;
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
        return new RecordedFact(ticket, version, stamp.at(), stamp.actor(), fact, form, payload, link(chain, payload));
    }

    /** The chain hash that follows on another. */
    public static Sha256 link(Sha256 chain, Sha256 payload) {
        MessageDigest digest = Sha256.digest();
        digest.update(chain.isNone() ? new byte[32] : chain.bytes());
        digest.update(payload.bytes());
        return Sha256.of(digest.digest());
    }

    /** When and by whom. */
    public record Stamp(Instant at, String actor) {}
}
