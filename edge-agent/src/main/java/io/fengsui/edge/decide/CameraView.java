package io.fengsui.edge.decide;

import io.fengsui.edge.gate.EmptyScene;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.vision.LookedPicture;

/** What a camera shows: the detector's word, or that of a small picture. */
sealed interface CameraView {
    String camera();

    /** Steady clock at the picture's arrival. */
    long arrivalNanos();

    /** Whether it is for the log of decisions only, and tells the rules nothing. */
    boolean isNote();

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

        @Override
        public boolean isNote() {
            return false;
        }
    }

    /** There is nothing any more, or was nothing at all where it counts, and no detector was needed to see it. */
    record Emptied(EmptyScene scene) implements CameraView {
        @Override
        public String camera() {
            return scene.camera();
        }

        @Override
        public long arrivalNanos() {
            return scene.arrivalNanos();
        }

        @Override
        public boolean isNote() {
            return scene.reason() == GateReason.MASKED;
        }
    }
}
