package io.fengsui.hub.correlate;

import java.util.List;
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
        Company company,
        Past past) {

    /**
     * What else its ticket stands for.
     *
     * @param reason why it joins a ticket of other incidents; empty when it does not do so now
     * @param hasOpenOthers other incidents of the ticket still hold
     */
    public record Company(String reason, boolean hasOpenOthers) {
        public static final Company NONE = new Company("", false);
    }

    /**
     * What was there of the same key before.
     *
     * @param earlier other incidents that have a ticket, newest first; of a new incident only
     * @param follows the ticket, done not long ago, after which this began; empty when there is none
     */
    public record Past(List<Earlier> earlier, String follows) {
        public static final Past NONE = new Past(List.of(), "");

        public Past {
            earlier = List.copyOf(earlier);
        }

        /** Null when there is none. */
        @Nullable
        String newestTicket() {
            return earlier.isEmpty() ? null : earlier.getFirst().ticket();
        }
    }

    /** @param ticket {@link Incident#ELSEWHERE} when another writer knows it */
    public record Earlier(String incident, String ticket) {}

    /** Of an incident that is alone. */
    public Correlation(CorrelateReason reason, EventState event, Incident incident, @Nullable Incident was) {
        this(reason, event, incident, was, Company.NONE, Past.NONE);
    }

    /** Of an event of which nothing is new but whether it still holds. */
    public static Correlation again(EventState event, Incident incident) {
        return new Correlation(CorrelateReason.REVISED, event, incident, incident);
    }

    /** The same with others of a ticket, which its incident has then. */
    public Correlation with(Company newCompany, @Nullable String ticket) {
        return new Correlation(reason, event, incident.withTicket(ticket), was, newCompany, past);
    }

    /** The same after what was there before. */
    public Correlation after(List<Earlier> earlier) {
        return new Correlation(reason, event, incident, was, company, new Past(earlier, past.follows));
    }

    Correlation following(String ticket) {
        return new Correlation(reason, event, incident, was, company, new Past(past.earlier, ticket));
    }
}
