package io.fengsui.edge.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.camera.gop.GopSnapshot;
import io.fengsui.edge.camera.gop.KeptPictures;
import java.util.List;

/**
 * A contiguous range of access units of one stream generation to be decoded, its last picture to be looked at.
 *
 * <p>Whoever is handed a look owns its pictures and releases them, or makes it {@link #kept}.
 *
 * @param pictures in decode order, from a keyframe on, not empty, all of one generation
 * @param isComplete whether nothing is missing within the range
 */
public record Look(String camera, GopSnapshot pictures, boolean isComplete, GateReason reason) {
    public Look {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("a look has pictures, camera " + camera);
        }
    }

    /** Of access units on the heap, which need no release. */
    public Look(String camera, List<AccessUnit> units, boolean isComplete, GateReason reason) {
        this(camera, fromKeyframe(camera, units), isComplete, reason);
    }

    private static KeptPictures fromKeyframe(String camera, List<AccessUnit> units) {
        if (units.isEmpty() || !units.getFirst().isKeyframe()) {
            throw new IllegalArgumentException("a look starts at a keyframe, camera " + camera);
        }
        return KeptPictures.of(units);
    }

    public long generation() {
        return pictures.generation();
    }

    /** Steady clock at the arrival of the newest picture. */
    public long arrivalNanos() {
        return pictures.arrivalNanos();
    }

    /** The same with pictures on the heap: for whoever may forget it. This look is still to be released. */
    public Look kept() {
        return new Look(camera, pictures.copy(), isComplete, reason);
    }

    /** Gives the pictures back. */
    public void release() {
        pictures.release();
    }
}
