package io.fengsui.edge.decide;

import io.fengsui.edge.gate.EmptyScene;
import io.fengsui.edge.vision.LookedPicture;

/** What a camera shows: the detector's word, or that of a small picture. */
sealed interface CameraView {
    String camera();

    /** Steady clock at the picture's arrival. */
    long arrivalNanos();

    /** The detector looked. */
    record Looked(LookedPicture picture) implements CameraView {
        @Override
        public String camera() {
            return picture.look().camera();
        }

        @Override
        public long arrivalNanos() {
            return picture.look().arrivalNanos();
        }
    }

    /** There is nothing any more, and no detector was needed to see it. */
    record Emptied(EmptyScene scene) implements CameraView {
        @Override
        public String camera() {
            return scene.camera();
        }

        @Override
        public long arrivalNanos() {
            return scene.arrivalNanos();
        }
    }
}
