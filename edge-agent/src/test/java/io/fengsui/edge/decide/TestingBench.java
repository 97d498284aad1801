package io.fengsui.edge.decide;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.decide.health.HealthInput;
import io.fengsui.edge.decide.outlet.DecisionTap;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.decide.outlet.PictureRequestSink;
import io.fengsui.edge.decide.why.DecisionLog;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.sensor.BrokerState;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.track.TrackSettings;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.Quarantine;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.runtime.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** A decider's core in virtual time, with a disk that can be full and a box that can restart. */
final class TestingBench {
    final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-05-01T08:00:00Z"));
    final List<Slot> slots = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    final List<Event> tapped = new ArrayList<>();
    final List<PictureRequest> pictures = new ArrayList<>();
    final List<String> looksAsked = new ArrayList<>();
    final List<String> keptPictures = new ArrayList<>();
    final DecisionLog log = new DecisionLog();
    long work;
    final Map<String, byte[]> disk = new LinkedHashMap<>();
    final Map<EventId, Event> newest = new LinkedHashMap<>();
    boolean isDiskFull;
    boolean isKeepingPictures;
    int acknowledged;
    DecideCore core;
    private final Random random = new Random(1);
    private long generation = 1;
    private long index;

    TestingBench() {
        core = core(BenchRules.RULES, "cam-1");
        streaming("cam-1");
    }

    private DecideCore core(String yaml, String... cameras) {
        PictureRequestSink sink = new PictureRequestSink() {
            @Override
            public void request(PictureRequest request) {
                pictures.add(request);
            }

            @Override
            public void look(String camera) {
                looksAsked.add(camera);
            }

            @Override
            public void keep(String name, SnapshotJob job) {
                keptPictures.add(name);
            }
        };
        Outlets outlets = new Outlets(this::take, sink, tapped::add, random, log, DecisionTap.NONE, () -> work);
        return new DecideCore(
                isKeepingPictures ? BenchRules.keeping(BenchRules.settings(cameras)) : BenchRules.settings(cameras),
                BenchRules.rules(yaml),
                TrackSettings.DEFAULT,
                outlets,
                now());
    }

    /** The newest revision of an event that was told. */
    Event newest(EventId id) {
        return Objects.requireNonNull(newest.get(id), "never told");
    }

    private boolean take(Slot slot) {
        if (isDiskFull) {
            return false;
        }
        slots.add(slot);
        events.addAll(slot.events());
        slot.events().forEach(e -> newest.put(e.id(), e));
        for (StateChange change : slot.stateChanges()) {
            if (change.value().length == 0) {
                disk.remove(change.key());
            } else {
                disk.put(change.key(), change.value());
            }
        }
        slot.afterCommit().forEach(Runnable::run);
        return true;
    }

    Moment now() {
        return new Moment(time.wall(), ClockQuality.SYNCED, "boot-1", time.steadyNanos());
    }

    /** The process ends; another takes over from the disk after a while. */
    void restart(Duration pause, String yaml, String... cameras) {
        time.advance(pause);
        core = core(yaml, cameras);
        List<StateChange> states = disk.entrySet().stream()
                .map(e -> new StateChange(e.getKey(), e.getValue()))
                .toList();
        List<Event> open = newest.values().stream()
                .filter(e ->
                        e.phase().isOpen() || e.evidence().stream().anyMatch(p -> p.state() == EvidenceState.PENDING))
                .toList();
        core.restore(states, open, now());
        generation++;
        index = 0;
        for (String camera : cameras) {
            streaming(camera);
        }
    }

    void streaming(String camera) {
        camera(camera, CameraState.STREAMING, "");
    }

    void camera(String camera, CameraState state, String reason) {
        core.onHealth(new HealthInput.CameraWord(camera, state, reason, "for people"), now());
    }

    void broker(BrokerState state, String reason) {
        core.onHealth(new HealthInput.BrokerWord("village", state, reason, "for people"), now());
    }

    void quarantine(String camera, Quarantine.Cause cause) {
        core.onHealth(new HealthInput.QuarantineWord(new Quarantine(camera, cause, 3, Duration.ofMinutes(10))), now());
    }

    /** Lets time pass in steps, with a tick after each. */
    void pass(Duration total) {
        Duration step = Duration.ofMillis(250);
        for (Duration left = total; left.isPositive(); left = left.minus(step)) {
            time.advance(step);
            core.onTick(now());
        }
    }

    void look(Detection... detections) {
        core.onView(new CameraView.Looked(picture(time.steadyNanos(), detections)), now(), now());
        core.onTick(now());
    }

    /** Looks at this rate, the same things in each picture. */
    void watch(double rate, Duration total, Detection... detections) {
        Duration step = Duration.ofNanos((long) (1e9 / rate));
        for (Duration left = total; left.isPositive(); left = left.minus(step)) {
            time.advance(step);
            look(detections);
        }
    }

    LookedPicture picture(long arrivalNanos, Detection... detections) {
        AccessUnit unit = new AccessUnit(
                Codec.H264, new byte[] {0, 0, 0, 1, 0x65}, true, true, index * 3000, arrivalNanos, generation, index++);
        Look look = new Look("cam-1", List.of(unit), true, GateReason.KEYFRAME);
        ModelInUse model = new ModelInUse("nanodet-g", "1", Sha256.NONE);
        return new LookedPicture(look, 1280, 720, List.of(detections), model, new LookedPicture.Timing(1, 2, 3));
    }

    void reading(String sensor, String quantity, double value, Quality quality, boolean isRetained) {
        Reading reading = new Reading(sensor, quantity, value, "", quality, now());
        core.onSensor(new SensorInput(reading, isRetained, () -> acknowledged++), now());
    }

    void reading(String sensor, String quantity, double value) {
        reading(sensor, quantity, value, Quality.GOOD, false);
    }

    static Detection person(double x) {
        return object("person", x, 0.1, 0.3);
    }

    static Detection car(double x) {
        return object("car", x, 0.2, 0.15);
    }

    private static Detection object(String label, double x, double width, double height) {
        return new Detection(
                label,
                0.8f,
                Box.clamped((float) (x - width / 2), (float) (0.8 - height), (float) (x + width / 2), 0.8f),
                0);
    }

    List<String> brief() {
        return events.stream()
                .map(e -> e.kind() + " " + e.phase() + " " + e.revision())
                .toList();
    }
}
