package io.fengsui.hub.correlate;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Events of one key that belong together in time.
 *
 * @param key whose events these are
 * @param span from the earliest occurrence to the latest sign of it
 * @param severity the worst of its events so far
 * @param events how many, and how many of them are open
 * @param ticket null when none stands for it
 */
public record Incident(
        String id,
        Key key,
        EventKind kind,
        Severity severity,
        Span span,
        Count events,
        @Nullable String ticket) {

    /** Instead of a ticket's name, in the memory of an edge's writer: a ticket may stand for it, and another writer knows. */
    public static final String ELSEWHERE = "";

    /** Dedup keys are made by an edge and hold within it. */
    public record Key(String edge, String site, String dedupKey) {}

    /** @param ended null while an event of it is open */
    public record Span(
            Instant opened, Instant lastEvent, @Nullable Instant ended) {}

    public record Count(int all, int open) {}

    /** Of the one that begins with an input: nobody has heard of it before. */
    public static String freshId(String turn) {
        return "i" + turn;
    }

    public boolean isOpen() {
        return events.open > 0;
    }

    public Incident withTicket(@Nullable String newTicket) {
        return new Incident(id, key, kind, severity, span, events, newTicket);
    }
}
