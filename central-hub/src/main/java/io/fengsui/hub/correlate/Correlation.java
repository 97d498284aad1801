package io.fengsui.hub.correlate;

import org.jspecify.annotations.Nullable;

/**
 * What became of an event: why, and the rows as they are now.
 *
 * @param was the incident as it stood before; null when it is new
 */
public record Correlation(
        CorrelateReason reason,
        EventState event,
        Incident incident,
        @Nullable Incident was,
        Company company) {

    /**
     * What else its ticket stands for.
     *
     * @param reason why it joins a ticket of other incidents; empty when it does not do so now
     * @param hasOpenOthers other incidents of the ticket still hold
     */
    public record Company(String reason, boolean hasOpenOthers) {
        public static final Company NONE = new Company("", false);
    }

    /** Of an incident that is alone. */
    public Correlation(CorrelateReason reason, EventState event, Incident incident, @Nullable Incident was) {
        this(reason, event, incident, was, Company.NONE);
    }
}
