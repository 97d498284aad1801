package io.fengsui.hub.correlate;

import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Parts what begins anew from the ticket of its incident, if that is done: it goes on as if its incident began with it and
 * had no ticket. Stands before all that looks for tickets, with the writer of tickets, for only that one knows when they
 * were done. Has no rows of its own. Writer's thread only.
 */
public final class Returning implements IncidentSink {
    /** When a ticket was done, and how severe that was which it was about. */
    public record Done(Instant at, Severity severity) {
        /** Of an incident that was no more severe then than this, whatever else its ticket stood for. */
        Done of(@Nullable Severity incident) {
            return incident == null || incident.isAtLeast(severity) ? this : new Done(at, incident);
        }
    }

    /** What incidents were under tickets that are done. */
    @FunctionalInterface
    public interface Known {
        /** How severe an incident was when its ticket was last worked on; null when that is not known. */
        @Nullable
        Severity severity(String incident, Instant now);
    }

    private final IncidentSink next;
    private final Function<String, @Nullable Done> done;
    private final Known known;
    private final Duration window;

    /**
     * @param done of a ticket by its id; null while it is not done
     * @param known of incidents that joined another's ticket
     * @param window for so long the ticket of what begins anew names the one before
     */
    public Returning(IncidentSink next, Function<String, @Nullable Done> done, Known known, Duration window) {
        this.next = next;
        this.done = done;
        this.known = known;
        this.window = window;
    }

    @Override
    public @Nullable String onNews(Correlation correlation, Turn turn) {
        return next.onNews(parted(correlation, turn.now()), turn);
    }

    @Override
    public @Nullable String onConfirmation(Correlation told, Turn turn) {
        return next.onConfirmation(parted(told, turn.now()), turn);
    }

    private Correlation parted(Correlation correlation, Instant now) {
        String ticket = correlation.incident().ticket();
        String before = ticket == null ? correlation.past().newestTicket() : ticket;
        if (before == null) {
            return correlation;
        }
        Done end = done.apply(before);
        if (end != null && ticket != null) {
            end = end.of(known.severity(correlation.incident().id(), now));
        }
        ReturnReason reason =
                ReturnDecider.decide(correlation.event(), correlation.reason().isFirst(), end, window);
        String follows = reason.isSoonAfter() && window.isPositive() ? before : "";
        if (ticket == null) {
            return correlation.following(follows);
        }
        return reason.isNew() ? anew(correlation).following(follows) : correlation;
    }

    @Override
    public void onEvidenceLost(String edge, EvidenceLost lost, Turn turn) {
        next.onEvidenceLost(edge, lost, turn);
    }

    /**
     * The incident as if it began with this event; what is open of it stays open. Where it has waited, other events may have
     * come with this one: it is as severe as the worst.
     */
    private static Correlation anew(Correlation correlation) {
        EventState event = correlation.event();
        Incident incident = correlation.incident();
        boolean hasWaited = correlation.reason() == CorrelateReason.NEW_INCIDENT;
        Incident anew = new Incident(
                incident.id(),
                incident.key(),
                event.event().kind(),
                hasWaited ? incident.severity() : event.event().severity(),
                new Incident.Span(
                        event.times().occurred(),
                        event.times().lastSign(),
                        incident.span().ended()),
                new Incident.Count(1, incident.events().open()),
                null);
        return new Correlation(correlation.reason(), event, anew, null);
    }
}
