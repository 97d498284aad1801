package io.fengsui.edge.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.camera.AccessUnitSink;
import io.fengsui.edge.camera.gop.GopBuffer;
import io.fengsui.edge.camera.gop.GopSnapshot;
import io.fengsui.edge.camera.gop.GopSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns access units into looks: a keyframe by itself, any other picture with all that it may be predicted from.
 *
 * <p>A camera's units come on its event loop; everything else may be called from any thread.
 */
public final class ActivityGate implements AccessUnitSink {
    private final LookSink looks;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    private static final class Gate {
        private final GateCounters counters = new GateCounters();
        private volatile GateSettings settings = GateSettings.KEYFRAMES;
        private KeyframeGate.State state = KeyframeGate.State.FIRST;
    }

    public ActivityGate(LookSink looks) {
        this.looks = looks;
    }

    /** Sets how a camera is looked at, from its next access unit on; keyframes, if nothing is set. */
    public void configure(String camera, GateSettings settings) {
        gate(camera).settings = settings;
    }

    /** Forgets a camera that is configured no more. */
    public void forget(String camera) {
        gates.remove(camera);
    }

    @Override
    public void onAccessUnit(String camera, AccessUnit unit, GopBuffer gop) {
        Gate gate = gate(camera);
        gate.counters.unit(unit.annexB().length);
        KeyframeGate.Decision decision =
                KeyframeGate.decide(gate.settings, gate.state, KeyframeGate.Facts.of(unit), unit.arrivalNanos());
        if (!decision.isOpen()) {
            gate.state = decision.next();
            gate.counters.decided(decision.reason());
            return;
        }
        Optional<Look> look = look(camera, unit, gop, decision.reason());
        if (look.isPresent()) {
            gate.state = decision.next();
            gate.counters.decided(decision.reason());
            looks.onLook(look.get());
        } else {
            gate.counters.decided(GateReason.BROKEN);
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
            gate(camera).counters.decided(GateReason.REQUESTED);
            return Optional.of(new Look(camera, gop, true, GateReason.REQUESTED));
        });
    }

    /** What the gate of a camera has seen and decided. */
    public GateCounters counters(String camera) {
        return gate(camera).counters;
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

    private Gate gate(String camera) {
        return gates.computeIfAbsent(camera, ignored -> new Gate());
    }
}
