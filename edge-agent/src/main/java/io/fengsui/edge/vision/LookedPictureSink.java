package io.fengsui.edge.vision;

import io.fengsui.edge.gate.Look;
import io.fengsui.edge.gate.luma.LumaPicture;

/** Takes what came of looks. Called on {@code vision-io}: must not block; refuses when it is full. */
@FunctionalInterface
public interface LookedPictureSink {
    /** Returns whether it was taken. */
    boolean offer(LookedPicture picture);

    /** A look that was for the small picture only. */
    default void onLuma(Look look, LumaPicture picture) {}
}
