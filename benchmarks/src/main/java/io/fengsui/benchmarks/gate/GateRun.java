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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * One camera of a site, put through the site's gate several times over, and through the detector without a gate where something
 * happens.
 */
final class GateRun {
    /** Every third of fifteen pictures a second: five a second, as the best-known recorders look. */
    static final int REFERENCE_STEP = 3;

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

    private final String name;
    private final VirtualCamera camera;
    private final Eyes eyes;
    private final int loops;
    private final ActivityGate gate;
    private final Witness byGate;
    private final Witness byAll;
    private final GopBuffer gop;
    private final Map<String, Long> openings = new TreeMap<>();
    private final List<Double> awakeByLoop = new ArrayList<>();
    private double awakeBefore;
    private double watchedBefore;
    private long trusted;
    private int looks;
    private int samples;
    private int failures;

    /**
     * What came of one stream.
     *
     * @param happenings that the detector finds when it looks at everything
     * @param seconds of presence in which it finds something
     * @param foundByLoop the same, each time through
     * @param awakeByLoop the same, each time through
     * @param queued small pictures that came first, in their turn, since many cameras were active at once
     * @param falseAlarms times that the detector saw somebody where nobody was
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
            List<Integer> foundByLoop,
            int seconds,
            int foundSeconds,
            double awake,
            List<Double> awakeByLoop,
            double trusted,
            double minutes,
            int falseAlarms,
            long queued,
            double looksAMinute,
            double samplesAMinute,
            int failures,
            Map<String, Long> openings,
            List<Double> delays,
            List<Double> referenceDelays) {
        Result {
            foundByLoop = List.copyOf(foundByLoop);
            awakeByLoop = List.copyOf(awakeByLoop);
            openings = Map.copyOf(openings);
            delays = List.copyOf(delays);
            referenceDelays = List.copyOf(referenceDelays);
        }
    }

    private GateRun(
            String name, VirtualCamera camera, Eyes eyes, int loops, ActivityGate gate, GopArena arena, Witness byAll) {
        this.name = name;
        this.camera = camera;
        this.eyes = eyes;
        this.loops = loops;
        this.gate = gate;
        this.byGate = new Witness(camera.truth());
        this.byAll = byAll;
        this.gop = new GopBuffer(arena);
    }

    /**
     * All cameras of a site, at the same time and through one gate; a camera may stand for several, and all have as many pictures.
     *
     * @param isMasked whether the picture's upper tenth, where nobody comes by, is hidden from movement
     */
    static List<Result> run(List<VirtualCamera> cameras, Eyes eyes, int loops, boolean isMasked)
            throws InterruptedException {
        List<Look> wanted = new ArrayList<>();
        ActivityGate gate = new ActivityGate(wanted::add, _ -> {});
        GopArena arena = new GopArena(GopSettings.USUAL);
        Map<VirtualCamera, Witness> references = new LinkedHashMap<>();
        Map<String, GateRun> site = new LinkedHashMap<>();
        for (VirtualCamera camera : cameras) {
            // A worker that follows it must not take it for the one before.
            String name = camera.truth().name() + "-" + site.size();
            Witness byAll = references.computeIfAbsent(camera, one -> new Witness(one.truth()));
            gate.configure(name, isMasked ? AUTO.with(MASKED) : AUTO);
            site.put(name, new GateRun(name, camera, eyes, loops, gate, arena, byAll));
        }
        for (Map.Entry<VirtualCamera, Witness> reference : references.entrySet()) {
            reference(reference.getKey(), reference.getValue(), eyes);
        }
        int frames = cameras.getFirst().frames();
        for (long frame = 0; frame < (long) loops * frames; frame++) {
            for (GateRun run : site.values()) {
                run.take(frame);
                for (Look look : List.copyOf(wanted)) {
                    Objects.requireNonNull(site.get(look.camera())).answer(look);
                }
                wanted.clear();
            }
            if ((frame + 1) % frames == 0) {
                site.values().forEach(GateRun::endLoop);
            }
        }
        return site.values().stream().map(GateRun::result).toList();
    }

    private void take(long frame) {
        AccessUnit unit = camera.unit(frame);
        gop.add(unit);
        gate.onAccessUnit(name, unit, gop);
        trusted += gate.status(name).isTrusted() ? 1 : 0;
    }

    private void endLoop() {
        double awake = gate.counters(name).awakeSeconds();
        double watched = gate.counters(name).watchedSeconds();
        awakeByLoop.add((awake - awakeBefore) / Math.max(1, watched - watchedBefore));
        awakeBefore = awake;
        watchedBefore = watched;
    }

    private Result result() {
        gop.clear();
        for (GateReason reason : GateReason.values()) {
            long times = gate.counters(name).openings(reason);
            if (times > 0) {
                openings.put(reason.label(), times);
            }
        }
        long frames = (long) loops * camera.frames();
        double minutes = (double) frames / camera.truth().framesPerSecond() / 60;
        return judged(
                gate.counters(name).awakeSeconds()
                        / Math.max(1, gate.counters(name).watchedSeconds()),
                (double) trusted / frames,
                minutes);
    }

    private void answer(Look look) throws InterruptedException {
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
                gate.onMissed(name);
            }
        }
    }

    /** The streams repeat, so one time through is enough. */
    private static void reference(VirtualCamera camera, Witness byAll, Eyes eyes) throws InterruptedException {
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
        int[] foundByLoop = new int[loops];
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
                    foundByLoop[loop]++;
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
                Arrays.stream(foundByLoop).boxed().toList(),
                seconds,
                foundSeconds,
                awake,
                awakeByLoop,
                trusted,
                minutes,
                byGate.falseAlarms(),
                gate.counters(name).of(GateReason.SURGE),
                looks / minutes,
                samples / minutes,
                failures,
                openings,
                delays,
                referenceDelays);
    }
}
