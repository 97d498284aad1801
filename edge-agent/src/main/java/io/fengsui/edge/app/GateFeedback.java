package io.fengsui.edge.app;

import io.fengsui.edge.gate.ActivityGate;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.LookedPictureSink;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the gate what came of its looks before the next stage hears of it. Thread-safe. */
final class GateFeedback implements LookedPictureSink {
    private final ActivityGate gate;
    private final LookedPictureSink next;

    private final Map<String, CompletableFuture<LookedPicture>> awaited = new ConcurrentHashMap<>();

    GateFeedback(ActivityGate gate, LookedPictureSink next) {
        this.gate = gate;
        this.next = next;
    }

    /** The next picture of a camera that is looked at because it was asked for. */
    CompletableFuture<LookedPicture> next(String camera) {
        return awaited.compute(
                camera, (_, known) -> known == null || known.isDone() ? new CompletableFuture<>() : known);
    }

    @Override
    public boolean offer(LookedPicture picture) {
        boolean isAsked = picture.look().reason() == GateReason.REQUESTED;
        CompletableFuture<LookedPicture> waiting =
                isAsked ? awaited.remove(picture.look().camera()) : null;
        if (waiting != null) {
            waiting.complete(picture);
        }
        gate.onSeen(picture.look(), picture.detections());
        return next.offer(picture);
    }

    @Override
    public void onLuma(Look look, LumaPicture picture) {
        gate.onLuma(look, picture);
    }
}
