package io.fengsui.benchmarks.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.camera.gop.GopArena;
import io.fengsui.edge.camera.gop.GopBuffer;
import io.fengsui.edge.camera.gop.GopSettings;
import io.fengsui.edge.gate.ActivityGate;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.GateSettings;
import io.fengsui.edge.gate.GateSettings.Interest;
import io.fengsui.edge.gate.Look;
import io.fengsui.fieldsim.library.StreamTruth.Happening;
import io.fengsui.rules.geometry.Mask;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Polygon;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One stream, put through the gate several times over, and through the detector without a gate where something happens. */
final class GateRun {
    private static final String CAMERA = "camera";
    /** Every third of fifteen pictures a second: five a second, as the best-known recorders look. */
    private static final int REFERENCE_STEP = 3;

    private static final GateSettings AUTO = GateSettings.of("auto", Duration.ZERO);
    private static final Mask SKY = new Mask(
            "sky",
            Mask.Hides.MOTION,
            List.of(),
            new Polygon(List.of(new Point(0, 0), new Point(1, 0), new Point(1, 0.1), new Point(0, 0.1))));
    private static final Interest MASKED = new Interest(
            Set.of(),
            Set.of(),
            Duration.ZERO,
            Interest.USUAL_AUDIT,
            AUTO.interest().pace(),
            List.of(SKY));

    private final VirtualCamera camera;
    private final Eyes eyes;
    private final int loops;
    private final boolean isMasked;
    private final Witness byGate;
    private final Witness byAll;
    private final Map<String, Long> openings = new TreeMap<>();
    private int looks;
    private int samples;
    private int failures;

    /**
     * What came of one stream.
     *
     * @param happenings that the detector finds when it looks at everything
     * @param seconds of presence in which it finds something
     * @param trusted share of the time in which sizes alone decided
     * @param openings by reason
     * @param delays from the first picture that shows it to the first that it was found in, seconds
     * @param referenceDelays the same of the detector that looks at every third picture
     */
    record Result(
            String kind,
            String size,
            int happenings,
            int found,
            int seconds,
            int foundSeconds,
            double awake,
            double trusted,
            double looksAMinute,
            double samplesAMinute,
            int failures,
            Map<String, Long> openings,
            List<Double> delays,
            List<Double> referenceDelays) {
        Result {
            openings = Map.copyOf(openings);
            delays = List.copyOf(delays);
            referenceDelays = List.copyOf(referenceDelays);
        }
    }

    /** @param isMasked whether the picture's upper tenth, where nobody comes by, is hidden from movement */
    GateRun(VirtualCamera camera, Eyes eyes, int loops, boolean isMasked) {
        this.camera = camera;
        this.eyes = eyes;
        this.loops = loops;
        this.isMasked = isMasked;
        this.byGate = new Witness(camera.truth());
        this.byAll = new Witness(camera.truth());
    }

    Result run() throws InterruptedException {
        List<Look> wanted = new ArrayList<>();
        ActivityGate gate = new ActivityGate(wanted::add, _ -> {});
        gate.configure(CAMERA, isMasked ? AUTO.with(MASKED) : AUTO);
        GopBuffer gop = new GopBuffer(new GopArena(GopSettings.USUAL));
        long frames = (long) loops * camera.frames();
        long trusted = 0;
        for (long frame = 0; frame < frames; frame++) {
            AccessUnit unit = camera.unit(frame);
            gop.add(unit);
            gate.onAccessUnit(CAMERA, unit, gop);
            for (Look look : List.copyOf(wanted)) {
                answer(gate, look);
            }
            wanted.clear();
            trusted += gate.status(CAMERA).isTrusted() ? 1 : 0;
        }
        gop.clear();
        for (GateReason reason : GateReason.values()) {
            long times = gate.counters(CAMERA).openings(reason);
            if (times > 0) {
                openings.put(reason.label(), times);
            }
        }
        reference();
        double minutes = (double) frames / camera.truth().framesPerSecond() / 60;
        return judged(
                gate.counters(CAMERA).awakeSeconds()
                        / Math.max(1, gate.counters(CAMERA).watchedSeconds()),
                (double) trusted / frames,
                minutes);
    }

    private void answer(ActivityGate gate, Look look) throws InterruptedException {
        long frame = camera.frameAt(look.arrivalNanos());
        // The pool owns the look that it is given.
        Look own = look.kept();
        switch (eyes.look(look)) {
            case Eyes.Answer.Seen seen -> {
                looks++;
                byGate.onSeen(frame, seen.detections());
                gate.onSeen(own, seen.detections());
            }
            case Eyes.Answer.Small small -> {
                samples++;
                gate.onLuma(own, small.picture());
            }
            case Eyes.Answer.Nothing nothing -> {
                failures++;
                gate.onMissed(CAMERA);
            }
        }
    }

    /** The streams repeat, so one time through is enough. */
    private void reference() throws InterruptedException {
        for (Happening happening : camera.truth().happenings()) {
            for (long frame = happening.firstFrame(); frame <= happening.lastFrame(); frame += REFERENCE_STEP) {
                List<AccessUnit> units = new ArrayList<>();
                for (long at = camera.keyframeBefore(frame); at <= frame; at++) {
                    units.add(camera.unit(at));
                }
                if (eyes.look(new Look("reference", units, true, GateReason.ALL)) instanceof Eyes.Answer.Seen seen) {
                    byAll.onSeen(frame, seen.detections());
                }
            }
        }
    }

    private Result judged(double awake, double trusted, double minutes) {
        int happenings = 0;
        int found = 0;
        int seconds = 0;
        int foundSeconds = 0;
        List<Double> delays = new ArrayList<>();
        int rate = camera.truth().framesPerSecond();
        List<Double> referenceDelays = new ArrayList<>();
        for (Happening happening : camera.truth().happenings()) {
            long byReference = byAll.first(happening.firstFrame(), happening.lastFrame());
            if (byReference < 0) {
                continue;
            }
            referenceDelays.add((double) (byReference - happening.firstFrame()) / rate);
            for (int loop = 0; loop < loops; loop++) {
                long offset = (long) loop * camera.frames();
                long first = byGate.first(offset + happening.firstFrame(), offset + happening.lastFrame());
                happenings++;
                if (first >= 0) {
                    found++;
                    delays.add((double) (first - offset - happening.firstFrame()) / rate);
                }
                for (long from = happening.firstFrame(); from <= happening.lastFrame(); from += rate) {
                    long to = Math.min(happening.lastFrame(), from + rate - 1);
                    if (byAll.first(from, to) >= 0) {
                        seconds++;
                        foundSeconds += byGate.first(offset + from, offset + to) >= 0 ? 1 : 0;
                    }
                }
            }
        }
        String size = camera.truth().happenings().isEmpty()
                ? "none"
                : camera.truth().happenings().getFirst().size();
        return new Result(
                camera.truth().kind(),
                size,
                happenings,
                found,
                seconds,
                foundSeconds,
                awake,
                trusted,
                looks / minutes,
                samples / minutes,
                failures,
                openings,
                delays,
                referenceDelays);
    }
}
