package io.fengsui.hub.correlate;

import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts each event into exactly one incident. Events of one key join while the incident is open and for {@code window}
 * after its end; an event that comes late joins the incident of the past that it lies in, or has one of its own, and
 * never moves anything backwards. Pure.
 */
public final class Correlator {
    private final Duration window;

    public Correlator(Duration window) {
        this.window = window;
    }

    /** What is decided about a revision of an event that is known; {@code incident} is its incident. */
    Correlation revise(EventState news, EventState known, Incident incident) {
        int newer = Integer.compare(news.event().revision(), known.event().revision());
        boolean isOnDiskNow = newer == 0
                && known.event().marks().isVolatile()
                && !news.event().marks().isVolatile();
        if (newer <= 0 && !isOnDiskNow) {
            CorrelateReason reason = newer == 0 ? CorrelateReason.DUPLICATE : CorrelateReason.OLDER_REVISION;
            return new Correlation(reason, known, incident, incident);
        }
        EventState state = new EventState(
                news.event(),
                news.times().since(known.times().received()),
                incident.id(),
                news.isUnconfirmed(),
                news.body());
        int openBefore = known.isOpen() ? 1 : 0;
        int openNow = state.isOpen() ? 1 : 0;
        boolean isAsBad = known.event().severity() == state.event().severity();
        Severity severity = isAsBad && incident.events().all() > 1 ? incident.severity() : worst(incident, state, 0);
        Incident changed = with(incident, state, 0, openNow - openBefore, severity);
        return new Correlation(CorrelateReason.REVISED, state, changed, incident);
    }

    /**
     * What is decided about an event that is new.
     *
     * @param candidates incidents of its key, newest first
     * @param freshId id of the incident that it gets when none fits
     */
    Correlation place(EventState news, Incident.Key key, List<Incident> candidates, String freshId) {
        for (int i = 0; i < candidates.size(); i++) {
            CorrelateReason reason = fits(news, candidates.get(i), i == 0);
            if (reason != null) {
                Incident was = candidates.get(i);
                Incident incident = with(was, news, 1, news.isOpen() ? 1 : 0, worst(was, news, 1));
                return new Correlation(reason, news.in(incident.id()), incident, was);
            }
        }
        return new Correlation(CorrelateReason.NEW_INCIDENT, news.in(freshId), fresh(news, key, freshId), null)
                .after(earlier(candidates));
    }

    /** What is decided once more about an incident that has waited, with this event of it. */
    static Correlation again(EventState event, Incident incident, List<Incident> ofKey) {
        return new Correlation(CorrelateReason.NEW_INCIDENT, event, incident, null)
                .after(earlier(ofKey.stream()
                        .filter(other -> !other.id().equals(incident.id()))
                        .toList()));
    }

    private static List<Correlation.Earlier> earlier(List<Incident> candidates) {
        List<Correlation.Earlier> earlier = new ArrayList<>();
        for (Incident one : candidates) {
            String ticket = one.ticket();
            if (ticket != null) {
                earlier.add(new Correlation.Earlier(one.id(), ticket));
            }
        }
        return earlier;
    }

    private @Nullable CorrelateReason fits(EventState news, Incident incident, boolean isNewest) {
        Instant from = incident.span().opened().minus(window);
        Instant occurred = news.times().occurred();
        Instant sign = news.times().lastSign();
        if (sign.isBefore(from)) {
            return null;
        }
        if (incident.isOpen()) {
            return CorrelateReason.JOINED_OPEN;
        }
        Instant ended = incident.span().ended() == null
                ? incident.span().lastEvent()
                : incident.span().ended();
        if (occurred.isAfter(ended.plus(window))) {
            return null;
        }
        return isNewest ? CorrelateReason.JOINED_WITHIN_WINDOW : CorrelateReason.JOINED_PAST;
    }

    private static Incident fresh(EventState news, Incident.Key key, String id) {
        Instant sign = news.times().lastSign();
        return new Incident(
                id,
                key,
                news.event().kind(),
                news.event().severity(),
                new Incident.Span(news.times().occurred(), sign, news.isOpen() ? null : sign),
                new Incident.Count(1, news.isOpen() ? 1 : 0),
                null);
    }

    /** Of several events the worst counts; the only one may also grow milder, and the answer to its question speaks for it. */
    private static Severity worst(Incident incident, EventState state, int more) {
        int before = incident.events().all();
        boolean speaksAlone = before + more == 1 || (before == 1 && state.isAnswer());
        return speaksAlone || state.event().severity().isAtLeast(incident.severity())
                ? state.event().severity()
                : incident.severity();
    }

    private static Incident with(Incident incident, EventState state, int more, int moreOpen, Severity severity) {
        int open = Math.max(0, incident.events().open() + moreOpen);
        Instant opened = earlier(incident.span().opened(), state.times().occurred());
        Instant last = later(incident.span().lastEvent(), state.times().lastSign());
        return new Incident(
                incident.id(),
                incident.key(),
                incident.kind(),
                severity,
                new Incident.Span(opened, last, open > 0 ? null : last),
                new Incident.Count(incident.events().all() + more, open),
                incident.ticket());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
