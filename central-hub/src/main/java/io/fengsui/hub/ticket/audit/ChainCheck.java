package io.fengsui.hub.ticket.audit;

import io.fengsui.hub.ticket.FactForm;
import io.fengsui.hub.ticket.RecordedFact;
import io.fengsui.protocol.value.Sha256;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the facts of tickets, ticket by ticket in the order of their versions, and finds the first that is wrong
 * of each. Confined to one thread.
 */
public final class ChainCheck {

    /** A fact as it is stored. */
    public record Row(
            String ticket,
            long version,
            RecordedFact.Stamp stamp,
            FactForm form,
            Sha256 payloadHash,
            Sha256 chainHash) {}

    /** The last fact that a ticket's own row stands for. */
    public record Head(long version, Sha256 chainHash) {}

    /** @param version of the fact that is wrong */
    public record Finding(String ticket, long version, ChainReason reason) {}

    private final List<Finding> findings = new ArrayList<>();
    private long facts;
    private long tickets;

    /** @param rows of one ticket, oldest first */
    public void ticket(String ticket, Head head, List<Row> rows) {
        tickets++;
        facts += rows.size();
        Finding finding = check(ticket, head, rows);
        if (finding != null) {
            findings.add(finding);
        }
    }

    private static @Nullable Finding check(String ticket, Head head, List<Row> rows) {
        Sha256 chain = Sha256.NONE;
        long version = 0;
        for (Row row : rows) {
            version++;
            if (row.version() != version) {
                return new Finding(ticket, version, ChainReason.GAP);
            }
            if (!row.form().hash(ticket, version, row.stamp()).equals(row.payloadHash())) {
                return new Finding(ticket, version, ChainReason.FACT_CHANGED);
            }
            chain = RecordedFact.link(chain, row.payloadHash());
            if (!chain.equals(row.chainHash())) {
                return new Finding(ticket, version, ChainReason.CHAIN_BROKEN);
            }
        }
        boolean isHead = head.version() == version && head.chainHash().equals(chain);
        return isHead ? null : new Finding(ticket, version, ChainReason.HEAD_DIFFERS);
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    public long facts() {
        return facts;
    }

    public long tickets() {
        return tickets;
    }
}
