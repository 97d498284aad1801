package io.fengsui.benchmarks.events;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What the cameras and sensors of one box say: mostly people and vehicles where they must not be, some leaks and buttons, now
 * and then smoke, high water, a crowd, a camera that is gone. Of repeats three in four are another event about the same, one in
 * five a revision of it, the others its end. The same seed says the same.
 */
final class DistrictEvents implements Supplier<Event> {
    private static final double UPDATED = 0.20;
    private static final double ENDED = 0.04;
    private static final int LAST = 20;
    private static final String CAMERA = "camera";

    /** Something of a box that says something. */
    record Device(String id, String kind, String edge, Place place) {}

    /**
     * @param parts of a hundred of the incidents
     * @param lasts whether it holds on, where the others are over when they are told
     */
    private record Happening(String kind, Severity severity, String device, int parts, boolean lasts) {}

    private static final List<Happening> HAPPENINGS = List.of(
            new Happening("safety.intrusion", Severity.MAJOR, CAMERA, 40, false),
            new Happening("traffic.stopped", Severity.MINOR, CAMERA, 30, false),
            new Happening("water.leak", Severity.MAJOR, "water-meter", 15, false),
            new Happening("safety.alarm-button", Severity.CRITICAL, "alarm-button", 8, false),
            new Happening("fire.smoke", Severity.CRITICAL, "smoke", 2, true),
            new Happening("water.level.high", Severity.MAJOR, "water-level", 2, true),
            new Happening("health.camera.offline", Severity.MAJOR, CAMERA, 2, true),
            new Happening("safety.crowd", Severity.MINOR, CAMERA, 1, true));

    private final String edge;
    private final List<Device> devices;
    private final double share;
    private final Random random;
    private final List<Event> open = new ArrayList<>();
    private int incidents;
    private int begun;

    /**
     * @param devices of this box, some of each kind
     * @param share of events whose incident is new
     */
    DistrictEvents(String edge, List<Device> devices, double share) {
        this.edge = edge;
        this.devices = List.copyOf(devices);
        this.share = share;
        this.random = new Random(edge.hashCode());
    }

    @Override
    public Event get() {
        if (open.isEmpty() || random.nextDouble() < share) {
            Event fresh = fresh();
            open.add(fresh);
            if (open.size() > LAST) {
                open.removeFirst();
            }
            return fresh;
        }
        return repeat();
    }

    private Event fresh() {
        Happening happening = happening();
        List<Device> able = devices.stream()
                .filter(one -> one.kind().equals(happening.device))
                .toList();
        Device device = able.get(random.nextInt(able.size()));
        incidents++;
        Source source = happening.device.equals(CAMERA)
                ? Source.camera(device.id(), "zone-" + incidents % 4)
                : Source.sensor(device.id());
        boolean isOver = share >= 1 && !happening.lasts; // nobody tells of it again
        return first(
                isOver ? Phase.INSTANT : Phase.BEGUN,
                new EventKind(happening.kind),
                happening.severity,
                new Event.Origin(edge, edge, source, "", device.place()),
                happening.kind + "/" + device.id() + "/" + incidents);
    }

    /** Events so far: revisions are none of their own. */
    int begun() {
        return begun;
    }

    private Event first(Phase phase, EventKind kind, Severity severity, Event.Origin origin, String key) {
        Moment now = PlainEvents.now();
        begun++;
        return new Event(
                EventId.make(now.wall(), random),
                1,
                phase,
                kind,
                severity,
                Lane.URGENT,
                origin,
                new Event.Times(now, now, Duration.ofHours(1)),
                new Event.Cause("rule-" + kind, "1", "", ""),
                key,
                Map.of("zone.zh", "东侧出入口", "zone.en", "East entrance", "filling", "x".repeat(80)),
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE);
    }

    private Happening happening() {
        int part = random.nextInt(100);
        for (Happening one : HAPPENINGS) {
            part -= one.parts;
            if (part < 0) {
                return one;
            }
        }
        throw new IllegalStateException("the parts are not a hundred");
    }

    private Event repeat() {
        int which = random.nextInt(open.size());
        Event last = open.get(which);
        double what = random.nextDouble();
        if (what >= UPDATED + ENDED) {
            return first(Phase.BEGUN, last.kind(), last.severity(), last.origin(), last.dedupKey());
        }
        Phase phase = what < ENDED ? Phase.ENDED : Phase.UPDATED;
        Event next = last.next(phase, last.severity(), PlainEvents.now(), Map.of(), List.of());
        if (phase == Phase.ENDED) {
            open.remove(which);
        } else {
            open.set(which, next);
        }
        return next;
    }
}
