package io.fengsui.edge.app;

import io.fengsui.edge.gate.ActivityGate;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.gate.luma.LumaPicture;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.LookedPictureSink;

/** Tells the gate what came of its looks before the next stage hears of it. Thread-safe. */
final class GateFeedback implements LookedPictureSink {
    private final ActivityGate gate;
    private final LookedPictureSink next;

    GateFeedback(ActivityGate gate, LookedPictureSink next) {
        this.gate = gate;
        this.next = next;
    }

    @Override
    public boolean offer(LookedPicture picture) {
        gate.onSeen(picture.look(), picture.detections());
        return next.offer(picture);
    }

    @Override
    public void onLuma(Look look, LumaPicture picture) {
        gate.onLuma(look, picture);
    }
}
