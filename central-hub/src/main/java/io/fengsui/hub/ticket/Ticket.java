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
 */
public record Ticket(Id id, Matter matter, Where where, Stand stand, Times times, Care care, Sum sum) {

    /**
     * What has come of events so far.
     *
     * @param picture first picture that is there; null while none is
     * @param verdict true, false, duplicate or test; empty while nobody said
     */
    public record Sum(int events, @Nullable String picture, String verdict) {
        /** Of what nobody has judged. */
        public Sum(int events, @Nullable String picture) {
            this(events, picture, "");
        }
    }

    /** @param text {@code 20261121-0001}: the local day and the number of that day */
    public record Id(String text, int number, String incident) {}

    /** What it is about. */
    public record Matter(EventKind kind, Name title, Severity severity, String dedupKey) {
        Matter as(Severity newSeverity) {
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
                Care.NONE,
                new Sum(1, null));
    }

    public @Nullable String picture() {
        return sum.picture;
    }

    /** Whether what caused it is known to hold on. */
    public boolean isStillThere() {
        return times.conditionCleared == null;
    }

    /** The ticket after a fact. */
    Ticket apply(RecordedFact recorded) {
        Instant at = recorded.at();
        Stand now = new Stand(stand.workflow, stand.state, stand.category, recorded.version(), recorded.chainHash());
        Ticket next =
                new Ticket(id, matter, where, now, updated(at), care.after(recorded.fact(), recorded.actor()), sum);
        return switch (recorded.fact()) {
            case TicketFact.Opened opened -> throw new IllegalStateException("ticket " + id.text + " is open already");
            case TicketFact.Moved moved ->
                next.with(new Stand(now.workflow, moved.to(), moved.category(), now.version, now.chain))
                        .with(new Times(
                                times.occurred,
                                times.opened,
                                at,
                                times.conditionCleared,
                                closedAt(moved.category(), at)));
            case TicketFact.EventJoined joined -> next.with(new Sum(sum.events + 1, sum.picture, sum.verdict));
            case TicketFact.SeverityRaised raised ->
                new Ticket(id, matter.as(raised.to()), where, now, next.times, next.care, sum);
            case TicketFact.ConditionCleared cleared -> next.with(cleared(at, cleared.ended()));
            case TicketFact.ConditionReturned returned -> next.with(cleared(at, null));
            case TicketFact.PictureAttached attached ->
                next.with(new Sum(sum.events, sum.picture != null ? sum.picture : attached.evidence(), sum.verdict));
            case TicketFact.EventUnconfirmed unconfirmed -> next;
            case TicketFact.EventConfirmed confirmed -> next;
            case TicketFact.IncidentJoined joined -> next.with(new Sum(sum.events + 1, sum.picture, sum.verdict));
            case TicketFact.SeverityLowered lowered ->
                new Ticket(id, matter.as(lowered.to()), where, now, next.times, next.care, sum);
            case TicketFact.Escalated escalated -> next;
            case TicketFact.Asked asked -> next;
            case TicketFact.Follows follows -> next;
            case TicketFact.VerdictGiven given -> next.with(new Sum(sum.events, sum.picture, given.verdict()));
            case TicketFact.UnitAssigned assigned -> next;
            case TicketFact.Unrouted unrouted -> next;
            case TicketFact.SuspendedUntil waiting -> next;
            case TicketFact.Supervised supervised -> next;
            case TicketFact.SupervisionEnded ended -> next;
            case TicketFact.Commented commented -> next;
            case TicketFact.ExtensionAsked asked -> next;
            case TicketFact.ExtensionGranted granted -> next;
            case TicketFact.ExtensionDenied denied -> next;
            case TicketFact.DeadlineTold told -> next;
        };
    }

    private Ticket with(Stand changed) {
        return new Ticket(id, matter, where, changed, times, care, sum);
    }

    private Ticket with(Times changed) {
        return new Ticket(id, matter, where, stand, changed, care, sum);
    }

    private Ticket with(Sum changed) {
        return new Ticket(id, matter, where, stand, times, care, changed);
    }

    private @Nullable Instant closedAt(Category category, Instant at) {
        if (category.isUnfinished()) {
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
