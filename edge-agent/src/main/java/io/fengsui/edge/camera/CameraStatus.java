package io.fengsui.edge.camera;

import io.fengsui.edge.rtp.StreamProblem;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a camera is doing, for people and metrics.
 *
 * @param reason stable code of the state's cause, empty when all is well
 * @param detail for people; holds no secret
 * @param inState how long it has been in this state
 * @param sessions tries to have the stream so far
 * @param brokenGops groups of pictures cut short by a loss
 * @param problems what was wrong with packets and pictures so far, without what never happened
 */
public record CameraStatus(
        String name,
        CameraState state,
        String reason,
        String detail,
        Duration inState,
        long sessions,
        Stream stream,
        long packets,
        long bytes,
        long accessUnits,
        long keyframes,
        long brokenGops,
        Map<StreamProblem, Long> problems) {

    /**
     * The stream as it flows; all zero while none does.
     *
     * @param gopLength pictures from keyframe to keyframe
     * @param lastUnitAge null if no picture ever came
     */
    public record Stream(
            int width,
            int height,
            double framesPerSecond,
            double bitsPerSecond,
            int gopLength,
            @Nullable Duration lastUnitAge,
            long generation) {
        static final Stream NONE = new Stream(0, 0, 0, 0, 0, null, 0);
    }

    public CameraStatus {
        problems = Map.copyOf(problems);
    }

    public long lostPackets() {
        return problems.getOrDefault(StreamProblem.LOST_PACKET, 0L);
    }
}
