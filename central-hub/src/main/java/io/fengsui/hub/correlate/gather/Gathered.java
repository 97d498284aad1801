package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.correlate.Correlation;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the second stage knows of an incident.
 *
 * @param event the newest of it
 * @param ticket that stands for it; null while none does
 * @param held until then; null when it is not held
 * @param severity how severe the incident was when its ticket was last worked on; where it never had one, when it was first
 *     heard of; null when not known
 */
public record Gathered(
        String incident,
        Incident.Key key,
        EventKind kind,
        At at,
        Span span,
        String event,
        @Nullable String ticket,
        GatherReason reason,
        @Nullable Instant held,
        @Nullable Severity severity) {
    /** Where. */
    public record At(String source, String grid, Place.@Nullable Position position) {}

    /** @param isOpen an event of it still holds */
    public record Span(Instant opened, Instant last, boolean isOpen) {}

    /** Of which nothing is known yet but this, at this place; by itself. */
    static Gathered fresh(Correlation correlation, Place place) {
        Incident incident = correlation.incident();
        return new Gathered(
                incident.id(),
                incident.key(),
                incident.kind(),
                new At(correlation.event().event().origin().source().id(), place.grid(), place.position()),
                new Span(incident.span().opened(), incident.span().lastEvent(), incident.isOpen()),
                correlation.event().id(),
                null,
                GatherReason.OWN,
                null,
                incident.severity());
    }

    Gathered seen(String newEvent, Incident incident) {
        return new Gathered(
                this.incident,
                key,
                kind,
                at,
                new Span(
                        span.opened,
                        incident.span().lastEvent().isAfter(span.last)
                                ? incident.span().lastEvent()
                                : span.last,
                        incident.isOpen()),
                newEvent,
                ticket,
                reason,
                held,
                incident.severity());
    }

    /** The same when another event of the incident is over, or is not. */
    Gathered open(boolean isOpen) {
        return new Gathered(
                incident,
                key,
                kind,
                at,
                new Span(span.opened, span.last, isOpen),
                event,
                ticket,
                reason,
                held,
                severity);
    }

    Gathered with(@Nullable String newTicket, GatherReason newReason, @Nullable Instant newHeld) {
        return new Gathered(incident, key, kind, at, span, event, newTicket, newReason, newHeld, severity);
    }

    /** The same as severe as it was then. */
    Gathered asSevereAs(@Nullable Severity then) {
        return new Gathered(incident, key, kind, at, span, event, ticket, reason, held, then);
    }
}
