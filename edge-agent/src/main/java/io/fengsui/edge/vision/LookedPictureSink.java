package io.fengsui.edge.vision;

/** Takes looked pictures. Called on {@code vision-io}: must not block; refuses when it is full. */
@FunctionalInterface
public interface LookedPictureSink {
    /** Returns whether it was taken. */
    boolean offer(LookedPicture picture);
}
