package io.fengsui.fieldsim.camera;

import io.fengsui.fieldsim.clip.AccessUnit;
import io.fengsui.fieldsim.clip.AccessUnitClip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a camera shows from its first picture on: a quiet clip over and over, and other clips once each at their place. Pure and
 * immutable.
 */
public record Timeline(AccessUnitClip quiet, List<Segment> segments) {

    /** A clip that is shown once, from a frame counted from the camera's first one. */
    public record Segment(long firstFrame, AccessUnitClip clip) {
        public Segment {
            if (firstFrame < 0) {
                throw new IllegalArgumentException("a segment begins at frame 0 or later, not " + firstFrame);
            }
        }

        long end() {
            return firstFrame + clip.frames();
        }
    }

    public Timeline {
        long end = 0;
        segments = segments.stream()
                .sorted(Comparator.comparingLong(Segment::firstFrame))
                .toList();
        for (Segment segment : segments) {
            if (segment.firstFrame() < end) {
                throw new IllegalArgumentException("segments overlap at frame " + segment.firstFrame());
            }
            if (segment.clip().framesPerSecond() != quiet.framesPerSecond()) {
                throw new IllegalArgumentException("all clips of a camera have one frame rate");
            }
            end = segment.end();
        }
    }

    public static Timeline of(AccessUnitClip quiet) {
        return new Timeline(quiet, List.of());
    }

    public Timeline with(long firstFrame, AccessUnitClip clip) {
        List<Segment> more = new ArrayList<>(segments);
        more.add(new Segment(firstFrame, clip));
        return new Timeline(quiet, more);
    }

    /** The clip that is shown at this frame. */
    AccessUnitClip clipAt(long frame) {
        for (Segment segment : segments) {
            if (frame >= segment.firstFrame() && frame < segment.end()) {
                return segment.clip();
            }
        }
        return quiet;
    }

    AccessUnit unitAt(long frame) {
        long quietSince = 0;
        for (Segment segment : segments) {
            if (frame >= segment.end()) {
                quietSince = segment.end();
            } else if (frame >= segment.firstFrame()) {
                return segment.clip().units().get((int) (frame - segment.firstFrame()));
            }
        }
        return quiet.units().get((int) ((frame - quietSince) % quiet.frames()));
    }

    /** The first frame at or after this one that a decoder can begin with. */
    long keyframeFrom(long frame) {
        long at = frame;
        while (!unitAt(at).isKeyframe()) {
            at++;
        }
        return at;
    }
}
