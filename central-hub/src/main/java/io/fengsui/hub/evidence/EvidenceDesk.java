package io.fengsui.hub.evidence;

import io.fengsui.hub.correlate.ClockOffsets;
import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.IncidentSink;
import io.fengsui.hub.intake.question.HubWords;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.shard.stage.Rows;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.ticket.TicketDesk;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceLost;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of evidence and gives tickets their first picture. Stands between correlation and tickets: what is
 * found goes on to the tickets first. Writer's thread only.
 */
public final class EvidenceDesk implements Stage, IncidentSink {
    private static final int KEPT = 20_000;

    private final EvidenceTable table;
    private final TicketDesk tickets;
    private final ClockOffsets offsets;
    private final Rows<String, EvidenceRow> rows;

    public EvidenceDesk(EvidenceTable table, TicketDesk tickets, ClockOffsets offsets) {
        this.table = table;
        this.tickets = tickets;
        this.offsets = offsets;
        this.rows = new Rows<>(KEPT, table::find);
    }

    @Override
    public void take(Input input, Turn turn) {
        if (input instanceof Input.EvidenceTaken taken) {
            EvidenceRow known = rows.get(taken.evidence().id().toString());
            if (known != null && !known.owner().edge().equals(taken.evidence().edge())) {
                throw new IllegalArgumentException("evidence " + known.id() + " belongs to another edge");
            }
            EvidenceRow row = EvidenceRow.stored(known, taken.evidence(), turn.now());
            rows.put(row.id(), row);
            turn.changed(Change.Entity.EVENT, row.owner().event(), Change.Kind.CHANGED);
            attach(row, turn);
        }
    }

    @Override
    public @Nullable String onNews(Correlation correlation, Turn turn) {
        String ticket = tickets.onNews(correlation, turn);
        EventState event = correlation.event();
        String edge = event.event().origin().edge();
        for (Evidence evidence : event.event().evidence()) {
            EvidenceRow known = rows.get(evidence.id().toString());
            if (known != null
                    && (!known.owner().edge().equals(edge)
                            || !known.owner().event().equals(event.id()))) {
                throw new IllegalArgumentException("evidence " + evidence.id() + " belongs to another event");
            }
            String asked = owner(known, ticket, correlation);
            EvidenceRow row = EvidenceRow.promised(
                    known,
                    new EvidenceRow.Owner(edge, event.id(), asked),
                    evidence,
                    evidence.taken().wall().minus(offsets.offset(edge)));
            rows.put(row.id(), row);
            boolean isNewsToTicket =
                    known == null || !Objects.equals(known.owner().ticket(), asked);
            if (isNewsToTicket) {
                attach(row, turn);
            }
        }
        if (event.isAnswer() && ticket != null) {
            borrow(event, ticket, turn);
        }
        return ticket;
    }

    /**
     * Of which ticket a picture is: of that which stood for its incident when it was promised, or came to stand for it with
     * this news. It stays there when another ticket stands for the incident later.
     */
    private static @Nullable String owner(
            @Nullable EvidenceRow known, @Nullable String ticket, Correlation correlation) {
        String before = known == null ? null : known.owner().ticket();
        if (before == null || ticket == null) {
            return ticket == null ? before : ticket;
        }
        boolean isGivenNow = correlation.reason().isFirst()
                || correlation.incident().ticket() == null
                || !correlation.company().reason().isEmpty();
        return isGivenNow ? ticket : before;
    }

    /** A picture with which another edge answered is the ticket's too; it may not have come yet. */
    private void borrow(EventState answer, String ticket, Turn turn) {
        Map<String, String> named = answer.event().attributes();
        String id = named.getOrDefault(HubWords.LAST_SEEN_PICTURE, "");
        if (id.isEmpty()) {
            return;
        }
        EvidenceRow.Owner owner = new EvidenceRow.Owner(
                named.getOrDefault(HubWords.LAST_SEEN_EDGE, ""),
                named.getOrDefault(HubWords.LAST_SEEN_EVENT, ""),
                ticket);
        EvidenceRow known = rows.get(id);
        if (known == null || known.owner().equals(new EvidenceRow.Owner(owner.edge(), owner.event(), null))) {
            EvidenceRow row = EvidenceRow.lent(known, id, owner);
            rows.put(id, row);
            attach(row, turn);
        }
    }

    @Override
    public @Nullable String onConfirmation(Correlation told, Turn turn) {
        String ticket = tickets.onConfirmation(told, turn);
        if (ticket != null && told.incident().ticket() == null) {
            giveTo(ticket, told.event(), turn);
        }
        return ticket;
    }

    /** The ticket came after the pictures of its event. */
    private void giveTo(String ticket, EventState event, Turn turn) {
        for (Evidence evidence : event.event().evidence()) {
            EvidenceRow known = rows.get(evidence.id().toString());
            if (known != null && known.owner().ticket() == null) {
                EvidenceRow row = known.of(ticket);
                rows.put(row.id(), row);
                attach(row, turn);
            }
        }
    }

    @Override
    public void onEvidenceLost(String edge, EvidenceLost lost, Turn turn) {
        EvidenceRow known = rows.get(lost.evidenceId().toString());
        if (known != null && known.owner().edge().equals(edge)) {
            rows.put(known.id(), known.lost(lost.reason()));
            turn.changed(Change.Entity.EVENT, known.owner().event(), Change.Kind.CHANGED);
            tickets.onEvidenceLost(edge, lost, turn);
        }
    }

    private void attach(EvidenceRow row, Turn turn) {
        String ticket = row.owner().ticket();
        if (ticket != null && row.isReadyPicture()) {
            tickets.onPicture(ticket, row.id(), turn);
            turn.changed(Change.Entity.TICKET, ticket, Change.Kind.CHANGED);
        }
    }

    @Override
    public void write() {
        rows.write(table::write);
    }

    @Override
    public void forget() {
        rows.forget();
    }
}
