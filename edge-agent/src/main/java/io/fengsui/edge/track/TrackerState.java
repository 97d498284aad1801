package io.fengsui.edge.track;

import io.fengsui.protocol.value.Detection;
import java.util.List;

/**
 * What is known of one camera's objects. Immutable.
 *
 * @param generation of the stream that the tracks belong to
 * @param lastNanos arrival of the last picture
 * @param intervalNanos usual time between pictures; 0 when not known yet
 */
public record TrackerState(long generation, long nextId, long lastNanos, long intervalNanos, List<Track> tracks) {
    public TrackerState {
        tracks = List.copyOf(tracks);
    }

    /** Nothing seen yet. */
    public static TrackerState empty() {
        return new TrackerState(-1, 1, Long.MIN_VALUE, 0, List.of());
    }

    /** Believed tracks that the last picture showed. */
    public List<Track> seen() {
        return tracks.stream()
                .filter(t -> t.isConfirmed() && t.lastNanos() == lastNanos)
                .toList();
    }

    /** {@link #seen} as detections. */
    public List<Detection> detections() {
        return seen().stream().map(Track::toDetection).toList();
    }
}
