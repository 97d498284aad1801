package io.fengsui.edge.vision;

import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.protocol.link.ModelInUse;
import java.nio.file.Path;

/** Counts what the pool does: for metrics. Called on {@code vision-io} and on the cameras' event loops: must not block. */
public interface VisionObserver {
    /** Counts nothing. */
    VisionObserver NONE = new VisionObserver() {};

    /** A look ended with a result. */
    default void onLooked(String camera, long waitedNanos, FromWorker.Detected detected) {}

    /** A small picture was taken. */
    default void onLuma(String camera, FromWorker.LumaTaken taken) {}

    /** A snapshot was made. */
    default void onSnapshot(String camera, long tookNanos, FromWorker.Pictures pictures) {}

    /** A look was never looked at. */
    default void onDrop(String camera, VisionDropReason reason) {}

    /** A worker had nothing to look at. */
    default void onSkip(String camera, SkipReason reason) {}

    /** A worker ended while it had a job of this camera. */
    default void onAccused(String camera, ModelInUse model) {}

    /**
     * Another model serves from now on, or will as soon as its workers are ready.
     *
     * @param why for people
     */
    default void onModel(ModelInUse model, Path folder, String why) {}

    /** Something was thrown that was kept from ending the thread {@code vision-io}. */
    default void onFailure() {}

    /** A worker is started again. */
    default void onRestart(int worker, String reason) {}
}
