package io.fengsui.edge.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.camera.AccessUnitSink;
import io.fengsui.edge.camera.gop.GopBuffer;
import io.fengsui.edge.camera.gop.GopSnapshot;
import io.fengsui.edge.camera.gop.GopSource;
import io.fengsui.edge.gate.admission.FirstDesk;
import io.fengsui.edge.gate.admission.SurgeDesk;
import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.edge.gate.trust.EarnedTrust;
import io.fengsui.protocol.value.Detection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns access units into looks: a keyframe by itself, any other picture with all that it may be predicted from. What came
 * of a look is told to it, so that it knows when to look again.
 *
 * <p>A camera's units come on its event loop; everything else may be called from any thread.
 */
public final class ActivityGate implements AccessUnitSink {
    /** Most cameras that are looked at more often at one time: the detector's time is everybody's. */
    public static final int MOST_RAISED = 8;

    private final LookSink looks;
    private final Map<String, CameraGate> gates = new ConcurrentHashMap<>();
    private final CameraGate.Desks desks;

    public ActivityGate(LookSink looks, EmptyScene.Sink empty) {
        this.looks = looks;
        this.desks =
                new CameraGate.Desks(new SurgeDesk(gates::size), new SurgeDesk(gates::size), new FirstDesk(), empty);
    }

    /** Sets how a camera is looked at, from its next access unit on; keyframes, if nothing is set. */
    public void configure(String camera, GateSettings settings) {
        gate(camera).settings().configure(settings);
    }

    /**
     * Looks at a camera more often for a while; afterwards all is as configured.
     *
     * @param least time between two looks
     * @return false when {@value #MOST_RAISED} cameras are looked at more often already
     */
    public boolean raise(String camera, Duration least, long nowNanos, long untilNanos) {
        long others = gates.entrySet().stream()
                .filter(gate -> !gate.getKey().equals(camera)
                        && gate.getValue().settings().isRaised(nowNanos))
                .count();
        if (others >= MOST_RAISED) {
            return false;
        }
        gate(camera).settings().raise(least, untilNanos);
        return true;
    }

    /** What the sizes of each camera have earned, for the next run; only of cameras that earned something. */
    public Map<String, List<EarnedTrust>> earned() {
        Map<String, List<EarnedTrust>> all = new TreeMap<>();
        gates.forEach((camera, gate) -> {
            List<EarnedTrust> earned = List.copyOf(gate.earned());
            if (!earned.isEmpty()) {
                all.put(camera, earned);
            }
        });
        return all;
    }

    /** What a camera's sizes had earned in an earlier run; before it is watched. */
    public void remember(String camera, List<EarnedTrust> before) {
        gate(camera).remember(before);
    }

    /** Forgets a camera that is configured no more. */
    public void forget(String camera) {
        gates.remove(camera);
    }

    @Override
    public void onAccessUnit(String camera, AccessUnit unit, GopBuffer gop) {
        CameraGate gate = gate(camera);
        CameraGate.Wish wish = gate.onUnit(unit);
        if (!wish.reason().isOpen()) {
            gate.granted(wish);
            return;
        }
        Optional<Look> look = look(camera, unit, gop, wish.reason());
        if (look.isPresent()) {
            gate.granted(wish);
            looks.onLook(look.get());
        } else {
            gate.refused();
        }
    }

    @Override
    public int mayGather(String camera) {
        CameraGate gate = gates.get(camera);
        return gate == null ? 0 : gate.mayGather();
    }

    /** The small picture that a look was for. */
    public void onLuma(Look look, LumaPicture picture) {
        answer(look.camera(), new GateAnswer.Small(GateAnswer.Of.look(look), picture));
    }

    /** What the detector found. */
    public void onSeen(Look look, List<Detection> detections) {
        answer(look.camera(), new GateAnswer.Seen(GateAnswer.Of.look(look), detections));
    }

    /** A look of this camera was never looked at. */
    public void onMissed(String camera) {
        answer(camera, new GateAnswer.Missed());
    }

    private void answer(String camera, GateAnswer answer) {
        CameraGate gate = gates.get(camera);
        if (gate != null) {
            gate.answer(answer);
        }
    }

    /**
     * The newest picture of a camera that can be decoded, for whoever asked; empty when there is none. It does not go to
     * the detector. Completes on the camera's event loop.
     */
    public CompletableFuture<Optional<Look>> request(GopSource source, String camera) {
        return source.currentGop(camera).thenApply(gop -> {
            if (gop.isEmpty()) {
                return Optional.empty();
            }
            gate(camera).counters().decided(GateReason.REQUESTED);
            return Optional.of(new Look(camera, gop, true, GateReason.REQUESTED));
        });
    }

    /** What the gate of a camera has seen and decided. */
    public GateCounters counters(String camera) {
        return gate(camera).counters();
    }

    /** How the gate of a camera is. */
    public GateStatus status(String camera) {
        return gate(camera).status();
    }

    private static Optional<Look> look(String camera, AccessUnit unit, GopBuffer gop, GateReason reason) {
        GopSnapshot pictures = unit.isKeyframe() ? gop.keyframe() : gop.snapshot();
        if (pictures.isEmpty() || !isNewest(pictures, unit)) {
            pictures.release();
            // A keyframe for which there was no memory is looked at all the same.
            return unit.isKeyframe() ? Optional.of(new Look(camera, List.of(unit), true, reason)) : Optional.empty();
        }
        return Optional.of(new Look(camera, pictures, true, reason));
    }

    private static boolean isNewest(GopSnapshot pictures, AccessUnit unit) {
        return pictures.generation() == unit.generation() && pictures.lastIndex() == unit.index();
    }

    private CameraGate gate(String camera) {
        CameraGate gate = gates.get(camera);
        return gate != null
                ? gate
                : gates.computeIfAbsent(
                        camera, name -> new CameraGate(name, desks, new SplittableRandom(name.hashCode())));
    }
}
