package io.fengsui.edge.decide.health;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.EventBook;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.event.HealthNotice;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.decide.health.HealthInput.BrokerWord;
import io.fengsui.edge.decide.health.HealthInput.CameraWord;
import io.fengsui.edge.decide.health.HealthInput.QuarantineWord;
import io.fengsui.edge.decide.health.HealthInput.Told;
import io.fengsui.edge.decide.health.HealthInput.WorkerWord;
import io.fengsui.edge.decide.health.HealthPart.BrokerPart;
import io.fengsui.edge.decide.health.HealthPart.CameraPart;
import io.fengsui.edge.decide.health.HealthPart.GatewayPart;
import io.fengsui.edge.decide.health.HealthPart.SensorPart;
import io.fengsui.edge.decide.health.HealthPart.SightPart;
import io.fengsui.edge.decide.health.HealthPart.WorkerPart;
import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes events of the box's own troubles. One dead camera is one event, {@code health.camera.offline}, whatever keeps it
 * from streaming; the attribute {@code cause} tells a refused password or a stream without H.264 (told at once: waiting
 * does not help) from the rest (told after a patience). Confined to {@code decide}.
 */
public final class HealthDesk {
    /** How long an event of before a restart is kept open for its part to speak again. */
    static final Duration RESUME_GRACE = Duration.ofSeconds(60);

    /** A part that never worked since the start gets this much longer before it is told: boxes start slowly. */
    static final Duration START_GRACE = Duration.ofSeconds(30);

    private final DecideSettings settings;
    private final EventBook book;
    private final HealthEvents events;
    private final LastReadings lastReadings = new LastReadings();
    private final SensorCare care = new SensorCare();
    private final Outages outages;
    private final Map<String, Long> unconfirmed = new LinkedHashMap<>();

    public HealthDesk(DecideSettings settings, EventMaker maker, EventBook book, Moment now) {
        this.settings = settings;
        this.book = book;
        this.events = new HealthEvents(maker, book);
        this.outages = new Outages(settings);
        long counted = now.steadyNanos() + START_GRACE.toNanos();
        settings.cameras()
                .keySet()
                .forEach(camera -> outages.put(new CameraPart(camera), Outage.unknownSince(counted)));
        settings.sensors().forEach((id, spot) -> {
            if (spot.silentAfter().isPositive()) {
                outages.put(
                        new SensorPart(id),
                        Outage.silentSince(now.steadyNanos(), "no reading since the start, " + seconds(now.wall())));
            }
        });
    }

    public List<Event> take(HealthInput input, Moment now) {
        long nanos = now.steadyNanos();
        return switch (input) {
            case CameraWord word -> {
                HealthPart part = new CameraPart(word.camera());
                Outage before = outages.get(part);
                yield before == null ? List.of() : spoken(part, HealthWords.after(before, word, nanos), now);
            }
            case BrokerWord word -> {
                HealthPart part = new BrokerPart(word.broker());
                // Told when it was not there for the start's patience in all.
                long counted = nanos
                        + Math.max(0, START_GRACE.minus(part.patience(settings)).toNanos());
                Outage before = outages.getOrDefault(part, Outage.unknownSince(counted));
                Outage after = HealthWords.after(before, word, nanos);
                yield returned(part, before, after, now);
            }
            case WorkerWord word -> {
                HealthPart part = new WorkerPart(word.worker());
                long counted = nanos + START_GRACE.toNanos();
                Outage before = outages.getOrDefault(part, Outage.unknownSince(counted));
                yield spoken(part, HealthWords.after(before, word, nanos), now);
            }
            case QuarantineWord word -> {
                HealthPart part = new SightPart(word.quarantine().camera());
                Outage before = outages.getOrDefault(part, Outage.neverSaid(nanos));
                yield outages.isConfigured(part)
                        ? spoken(part, HealthWords.after(before, word, nanos), now)
                        : List.of();
            }
            case Told told -> tellOnce(told.notice(), now);
        };
    }

    /** A part that speaks is there: what was told of it before a restart is not ended for want of news. */
    private List<Event> spoken(HealthPart part, Outage outage, Moment now) {
        outages.put(part, outage);
        unconfirmed.remove(HealthNotices.of(part, outage, settings).dedupKey());
        return tell(part, now);
    }

    /** What sensors come through spoke: if it is back and had been told to be away, they get some time. */
    private List<Event> returned(HealthPart way, Outage before, Outage after, Moment now) {
        if (after.isUp() && !before.isUp() && !before.told().isEmpty()) {
            outages.giveTime(way, now.steadyNanos());
        }
        return spoken(way, after, now);
    }

    /** A reading came: the sensor is not silent. */
    public List<Event> heard(String sensor, Moment now) {
        HealthPart part = new SensorPart(sensor);
        Outage before = outages.get(part);
        if (before == null) {
            return List.of();
        }
        outages.put(part, before.up());
        List<Event> told = tell(part, now);
        outages.put(part, Outage.silentSince(now.steadyNanos(), "no reading since " + seconds(now.wall())));
        return told;
    }

    /** What a reading says of its sensor: battery and clock. */
    public List<Event> care(Reading reading, Moment now) {
        List<Event> told = new ArrayList<>();
        for (HealthNotice notice : care.take(reading)) {
            boolean isOpen = book.openUnder(notice.dedupKey()).isPresent();
            if (notice.isBegun() != isOpen) {
                told.addAll(tellOnce(notice, now));
            }
        }
        return told;
    }

    /** Sensors came or went by a word of theirs; those behind a gateway that went are not each told of once it is. */
    public List<Event> presence(SensorMessage.PresenceWord word, Moment now) {
        return word.gateway().isEmpty() ? ownWord(word, now) : gatewayWord(word, now);
    }

    private List<Event> ownWord(SensorMessage.PresenceWord word, Moment now) {
        long nanos = now.steadyNanos();
        List<Event> told = new ArrayList<>();
        for (String sensor : word.sensors()) {
            HealthPart part = new SensorPart(sensor);
            Outage before = outages.getOrDefault(part, Outage.unknownSince(nanos));
            if (!word.isOnline()) {
                told.addAll(spoken(part, before.down("offline", word.detail(), true, nanos), now));
            } else if (outages.contains(part)) {
                told.addAll(spoken(part, before.up(), now));
                if (part.patience(settings).isPositive()) {
                    outages.put(part, Outage.silentSince(nanos, "no reading since " + seconds(now.wall())));
                }
            }
        }
        return told;
    }

    /** Says nothing of when each sensor was heard: what a gateway says of itself, it says for years of a dead one too. */
    private List<Event> gatewayWord(SensorMessage.PresenceWord word, Moment now) {
        word.sensors().forEach(sensor -> outages.behind(sensor, word.gateway()));
        HealthPart part = new GatewayPart(word.gateway());
        Outage before = outages.getOrDefault(part, Outage.unknownSince(now.steadyNanos()));
        String detail = word.detail() + ", with " + word.sensors().size() + " sensors";
        Outage after = word.isOnline() ? before.up() : before.down("offline", detail, false, now.steadyNanos());
        return returned(part, before, after, now);
    }

    /** Whether a camera streams and a detector looks at it, so that what was not seen was not there. Holds for this moment. */
    public Predicate<String> watching() {
        return outages.watching();
    }

    /** Why no picture of a camera can be hoped for now, for people; empty when there may be one. */
    public Optional<String> whyUnseen(String camera) {
        return outages.whyUnseen(camera, part -> !unconfirmed.containsKey(part.kind() + "/" + camera));
    }

    /** What must be written of a sensor that was heard now. */
    public Optional<StateChange> keepHeard(String sensor, Moment now) {
        HealthPart part = new SensorPart(sensor);
        return outages.contains(part) ? lastReadings.change(sensor, part.patience(settings), now) : Optional.empty();
    }

    public List<Event> tick(Moment now) {
        List<Event> told = new ArrayList<>();
        outages.takeDue(now.steadyNanos()).forEach(part -> told.addAll(tell(part, now)));
        List<String> late = unconfirmed.entrySet().stream()
                .filter(e -> now.steadyNanos() >= e.getValue())
                .map(Map.Entry::getKey)
                .toList();
        for (String key : late) {
            unconfirmed.remove(key);
            // What it says of itself from now on is news.
            book.openUnder(key).flatMap(HealthNotices::partOf).ifPresent(outages::unsaid);
            told.addAll(events.end(key, now, "restarted", "not said again after a restart"));
        }
        return told;
    }

    /** Takes over when a sensor was heard before a restart; returns whether it is watched still. */
    public boolean resume(LastReadings.Kept kept, Moment now) {
        HealthPart part = new SensorPart(kept.sensor());
        if (!outages.contains(part)) {
            return false;
        }
        Duration ago = Duration.between(kept.at(), now.wall());
        // Never told before the broker had time to hand over what it kept meanwhile.
        Duration most = part.patience(settings).minus(START_GRACE);
        Duration counted = ago.isNegative() ? Duration.ZERO : ago.compareTo(most) < 0 ? ago : most;
        outages.put(
                part,
                Outage.silentSince(now.steadyNanos() - counted.toNanos(), "no reading since " + seconds(kept.at())));
        return true;
    }

    /** Takes over an open event of before a restart; returns its end when its part is not there any more. */
    public List<Event> resume(Event event, Moment now) {
        book.resume(event, now.steadyNanos());
        boolean isOfCare = SensorCare.isOne(event.kind())
                && settings.sensors().containsKey(event.origin().source().id());
        if (isOfCare) {
            return List.of();
        }
        String cause = event.attributes().getOrDefault("cause", "offline");
        Optional<HealthPart> found = HealthNotices.partOf(event);
        if (found.isPresent() && !outages.isConfigured(found.get())) {
            return events.end(event.dedupKey(), now, "removed", "it is not configured or not watched any more");
        }
        boolean isToBeSaidAgain = found.map(part -> outages.resume(part, cause, now.steadyNanos()))
                .orElse(true);
        if (isToBeSaidAgain) {
            unconfirmed.put(event.dedupKey(), now.steadyNanos() + RESUME_GRACE.toNanos());
        }
        return List.of();
    }

    /** Takes over what another desk knew, for the cameras and sensors that there still are. */
    public void carry(HealthDesk before) {
        before.outages.forEach((part, outage) -> {
            if (outages.isConfigured(part)) {
                outages.put(part, outage);
            }
        });
        unconfirmed.clear();
        unconfirmed.putAll(before.unconfirmed);
    }

    public long nextDue() {
        return unconfirmed.values().stream().mapToLong(Long::longValue).reduce(outages.nextDue(), Math::min);
    }

    private List<Event> tell(HealthPart part, Moment now) {
        Outage outage = outages.get(part);
        Optional<Outage.News> news = outages.news(part, now.steadyNanos());
        if (outage == null || news.isEmpty()) {
            return List.of();
        }
        outages.put(part, outage.telling(news.get()));
        HealthNotice notice = HealthNotices.of(part, outage, settings);
        unconfirmed.remove(notice.dedupKey());
        return switch (news.get()) {
            case BEGUN, CAUSE_CHANGED -> events.begin(notice, now);
            case ENDED -> events.end(notice.dedupKey(), now, "recovered", notice.detail());
        };
    }

    private List<Event> tellOnce(HealthNotice notice, Moment now) {
        unconfirmed.remove(notice.dedupKey());
        return notice.isBegun()
                ? events.begin(notice, now)
                : events.end(notice.dedupKey(), now, notice.code(), notice.detail());
    }

    /** Tells, once there is room again, that slots with events found none: begun and ended at once. */
    public List<Event> lost(long slots, Moment now) {
        return slots == 0
                ? List.of()
                : events.beginAndEnd(HealthNotices.lost(slots, settings.edge()), now, "the spool takes slots again");
    }

    private static Instant seconds(Instant wall) {
        return wall.truncatedTo(ChronoUnit.SECONDS);
    }
}
