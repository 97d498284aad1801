package io.fengsui.hub.ticket;

import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work. It changes by {@link #apply} only; its version is the number of its facts, and its chain hash stands
 * for all of them.
 *
 * @param picture first picture that is there; null while none is
 */
public record Ticket(
        Id id,
        Matter matter,
        Where where,
        Stand stand,
        Times times,
        int events,
        @Nullable String picture) {

    /** @param text {@code 20261121-0001}: the local day and the number of that day */
    public record Id(String text, int number, String incident) {}

    /** What it is about. */
    public record Matter(EventKind kind, Name title, Severity severity, String dedupKey) {
        Matter worse(Severity newSeverity) {
            return new Matter(kind, title, newSeverity, dedupKey);
        }
    }

    /** @param zoneName what people call the source's zone; its id when the edge tells no name */
    public record Where(String edge, String site, Place place, Source source, Name sourceName, Name zoneName) {}

    /** Where it stands in its workflow. */
    public record Stand(String workflow, String state, Category category, long version, Sha256 chain) {}

    /**
     * @param conditionCleared when what caused it was over; null while it holds, or when that is not known
     * @param closed null while open
     */
    public record Times(
            Instant occurred,
            Instant opened,
            Instant updated,
            @Nullable Instant conditionCleared,
            @Nullable Instant closed) {}

    /** The ticket that its first fact makes. */
    static Ticket opened(Id id, TicketFact.Opened fact, RecordedFact recorded) {
        return new Ticket(
                id,
                fact.matter(),
                fact.where(),
                new Stand(fact.workflow(), fact.state(), Category.OPEN, recorded.version(), recorded.chainHash()),
                new Times(fact.occurred(), recorded.at(), recorded.at(), null, null),
                1,
                null);
    }

    /** The ticket after a fact. */
    Ticket apply(RecordedFact recorded) {
        Instant at = recorded.at();
        Stand now = new Stand(stand.workflow, stand.state, stand.category, recorded.version(), recorded.chainHash());
        return switch (recorded.fact()) {
            case TicketFact.Opened opened -> throw new IllegalStateException("ticket " + id.text + " is open already");
            case TicketFact.Moved moved ->
                new Ticket(
                        id,
                        matter,
                        where,
                        new Stand(now.workflow, moved.to(), moved.category(), now.version, now.chain),
                        new Times(
                                times.occurred,
                                times.opened,
                                at,
                                times.conditionCleared,
                                closedAt(moved.category(), at)),
                        events,
                        picture);
            case TicketFact.EventJoined joined -> new Ticket(id, matter, where, now, updated(at), events + 1, picture);
            case TicketFact.SeverityRaised raised ->
                new Ticket(id, matter.worse(raised.to()), where, now, updated(at), events, picture);
            case TicketFact.ConditionCleared cleared ->
                new Ticket(id, matter, where, now, cleared(at, cleared.ended()), events, picture);
            case TicketFact.ConditionReturned returned ->
                new Ticket(id, matter, where, now, cleared(at, null), events, picture);
            case TicketFact.PictureAttached attached ->
                new Ticket(
                        id, matter, where, now, updated(at), events, picture != null ? picture : attached.evidence());
            case TicketFact.EventUnconfirmed unconfirmed ->
                new Ticket(id, matter, where, now, updated(at), events, picture);
            case TicketFact.EventConfirmed confirmed ->
                new Ticket(id, matter, where, now, updated(at), events, picture);
        };
    }

    private @Nullable Instant closedAt(Category category, Instant at) {
        if (category == Category.OPEN) {
            return null;
        }
        return times.closed != null ? times.closed : at;
    }

    private Times updated(Instant at) {
        return new Times(times.occurred, times.opened, at, times.conditionCleared, times.closed);
    }

    private Times cleared(Instant at, @Nullable Instant ended) {
        return new Times(times.occurred, times.opened, at, ended, times.closed);
    }
}
