package io.fengsui.hub.correlate;

import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.protocol.EvidenceLost;
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
    private final IncidentSink next;
    private final Function<String, @Nullable Instant> done;
    private final Duration window;

    /**
     * @param done when a ticket was done; null while it is not
     * @param window for so long the ticket of what begins anew names the one before
     */
    public Returning(IncidentSink next, Function<String, @Nullable Instant> done, Duration window) {
        this.next = next;
        this.done = done;
        this.window = window;
    }

    @Override
    public @Nullable String onNews(Correlation correlation, Turn turn) {
        EventState event = correlation.event();
        String ticket = correlation.incident().ticket();
        if (ticket == null) {
            String before = correlation.past().newestTicket();
            return next.onNews(
                    before == null ? correlation : correlation.following(named(before, reason(event, before))), turn);
        }
        ReturnReason reason = reason(event, ticket);
        return next.onNews(
                reason.isNew()
                        ? new Correlation(correlation.reason(), event, anew(event, correlation.incident()), null)
                                .following(named(ticket, reason))
                        : correlation,
                turn);
    }

    @Override
    public @Nullable String onConfirmation(EventState event, Incident incident, Turn turn) {
        String ticket = incident.ticket();
        boolean isNew = ticket != null && reason(event, ticket).isNew();
        return next.onConfirmation(event, isNew ? anew(event, incident) : incident, turn);
    }

    @Override
    public void onEvidenceLost(String edge, EvidenceLost lost, Turn turn) {
        next.onEvidenceLost(edge, lost, turn);
    }

    private ReturnReason reason(EventState event, String ticket) {
        return ReturnDecider.decide(event, done.apply(ticket), window);
    }

    private static String named(String ticket, ReturnReason reason) {
        return reason == ReturnReason.RETURNED ? ticket : "";
    }

    /** The incident as if it began with this event; what is open of it stays open. */
    private static Incident anew(EventState event, Incident incident) {
        return new Incident(
                incident.id(),
                incident.key(),
                event.event().kind(),
                event.event().severity(),
                new Incident.Span(
                        event.times().occurred(),
                        incident.span().lastEvent(),
                        incident.span().ended()),
                new Incident.Count(1, incident.events().open()),
                null);
    }
}
