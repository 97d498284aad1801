package io.fengsui.edge.decide.event;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Events that are open, or whose pictures are still awaited, in their newest revision. At most one is open under a dedup
 * key. Confined to {@code decide}.
 */
public final class EventBook {
    /** Most events that wait for a picture; the oldest is given up for the next. */
    static final int MAX_AWAITING = 4096;

    private record Awaited(EventId event, long sinceNanos) {}

    private final Map<EventId, Event> kept = new HashMap<>();
    private final Map<String, EventId> open = new LinkedHashMap<>();
    private final Map<UUID, Awaited> awaited = new LinkedHashMap<>();

    /** An event that has just begun. */
    public void begin(Event event, long nowNanos) {
        kept.put(event.id(), event);
        open.put(event.dedupKey(), event.id());
        event.evidence().stream()
                .filter(e -> e.state() == EvidenceState.PENDING)
                .forEach(e -> awaited.put(e.id(), new Awaited(event.id(), nowNanos)));
    }

    /** An event that was over at once: kept while its picture is awaited. */
    public void happened(Event event, long nowNanos) {
        event.evidence().stream()
                .filter(e -> e.state() == EvidenceState.PENDING)
                .forEach(e -> awaited.put(e.id(), new Awaited(event.id(), nowNanos)));
        keepIfAwaiting(event);
    }

    public Optional<Event> openUnder(String dedupKey) {
        return Optional.ofNullable(open.get(dedupKey)).map(kept::get);
    }

    /** An event that is open; empty when it is not, or not known. */
    public Optional<Event> open(EventId id) {
        return Optional.ofNullable(kept.get(id)).filter(event -> event.phase().isOpen());
    }

    /** The next revision of an open event, which promises one more picture; empty when it may have no more. */
    public Optional<Event> promise(EventId id, Evidence picture, Moment now) {
        Optional<Event> open = open(id).filter(event -> event.evidence().size() < Event.MAX_EVIDENCE);
        return open.map(event -> {
            List<Evidence> evidence = new ArrayList<>(event.evidence());
            evidence.add(picture);
            Event next = event.withEvidence(evidence, now);
            kept.put(id, next);
            awaited.put(picture.id(), new Awaited(id, now.steadyNanos()));
            return next;
        });
    }

    /** Open ones, and those that wait for a picture. */
    public List<Event> all() {
        return List.copyOf(kept.values());
    }

    /** The next revision of an open event; empty when none is open under this key. */
    public Optional<Event> update(
            String dedupKey, Severity severity, Moment now, Map<String, String> news, List<Reason> why) {
        Optional<Event> next = openUnder(dedupKey).map(e -> e.next(Phase.UPDATED, severity, now, news, why));
        next.ifPresent(e -> kept.put(e.id(), e));
        return next;
    }

    /** The last revision of an open event; empty when none is open under this key. */
    public Optional<Event> end(String dedupKey, Moment now, Map<String, String> news, List<Reason> why) {
        Optional<Event> ended = openUnder(dedupKey).map(e -> e.next(Phase.ENDED, e.severity(), now, news, why));
        ended.ifPresent(e -> {
            open.remove(dedupKey);
            keepIfAwaiting(e);
        });
        return ended;
    }

    /** What became of a picture, as the next revision; empty when nobody waits for it. */
    public Optional<Event> settle(PictureOutcome outcome, Moment now) {
        Awaited wait = awaited.remove(outcome.evidence());
        Event event = wait == null ? null : kept.get(wait.event());
        if (event == null) {
            return Optional.empty();
        }
        List<Evidence> evidence = event.evidence().stream()
                .map(e -> e.id().equals(outcome.evidence()) ? settled(e, outcome) : e)
                .toList();
        Event next = event.withEvidence(evidence, now);
        keepIfAwaiting(next);
        return Optional.of(next);
    }

    private static Evidence settled(Evidence e, PictureOutcome outcome) {
        return switch (outcome) {
            case PictureOutcome.Taken taken -> e.ready(taken.sha256(), taken.size());
            case PictureOutcome.Lost lost -> e.lost(lost.reason());
        };
    }

    /** Pictures that were not answered for in time, and those too many. */
    public List<PictureOutcome> overdue(long nowNanos, long timeoutNanos) {
        List<PictureOutcome> lost = new ArrayList<>();
        int surplus = awaited.size() - MAX_AWAITING;
        Iterator<Map.Entry<UUID, Awaited>> oldest = awaited.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<UUID, Awaited> entry = oldest.next();
            boolean isLate = nowNanos - entry.getValue().sinceNanos() >= timeoutNanos;
            if (!isLate && surplus <= 0) {
                break;
            }
            surplus--;
            lost.add(new PictureOutcome.Lost(
                    entry.getValue().event(),
                    entry.getKey(),
                    isLate ? "no answer in time" : "too many pictures awaited"));
        }
        return lost;
    }

    /** Takes over an event from before a restart; its pictures are not awaited yet. */
    public void resume(Event event, long nowNanos) {
        if (event.phase().isOpen()) {
            begin(event, nowNanos);
            return;
        }
        kept.put(event.id(), event);
        event.evidence().stream()
                .filter(e -> e.state() == EvidenceState.PENDING)
                .forEach(e -> awaited.put(e.id(), new Awaited(event.id(), nowNanos)));
    }

    private void keepIfAwaiting(Event event) {
        boolean isAwaiting = event.evidence().stream().anyMatch(e -> e.state() == EvidenceState.PENDING);
        if (isAwaiting || event.phase().isOpen()) {
            kept.put(event.id(), event);
        } else {
            kept.remove(event.id());
        }
    }

    public int openCount() {
        return open.size();
    }

    public int awaitedCount() {
        return awaited.size();
    }

    static List<Detection> capped(List<Detection> detections) {
        return detections.size() <= Event.MAX_DETECTIONS ? detections : detections.subList(0, Event.MAX_DETECTIONS);
    }
}
