package io.fengsui.edge.vision.wire;

import io.fengsui.protocol.value.Detection;
import java.util.List;

/** What the agent asks of a worker. Each job is answered once, by its number. */
public sealed interface ToWorker {
    /** Number of the job, unique within one life of the worker. */
    long job();

    /** Decode the range and detect in its newest picture. */
    record Detect(long job, CodedRange range, Following following) implements ToWorker {}

    /** Decode the range and make its newest picture small and grey. */
    record TakeLuma(long job, CodedRange range) implements ToWorker {}

    /** Decode the range and make a JPEG of its newest picture. */
    record TakeSnapshot(long job, CodedRange range, Drawn drawn, int maxWidth, int quality) implements ToWorker {}

    /**
     * What is drawn into a picture, in this order.
     *
     * @param hidden parts that are made black
     */
    record Drawn(List<Outline> hidden, List<Detection> boxes, List<Outline> zones) {
        public Drawn {
            hidden = List.copyOf(hidden);
            boxes = List.copyOf(boxes);
            zones = List.copyOf(zones);
        }
    }

    /**
     * Detect in a picture that is already decoded: golden inputs.
     *
     * @param bgr rows of blue, green, red, without padding
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on as it came; never compared
    record DetectInPixels(long job, int width, int height, byte[] bgr) implements ToWorker {
        public DetectInPixels {
            if (width < 1 || height < 1 || (long) width * height * 3 != bgr.length) {
                throw new IllegalArgumentException(
                        width + "x" + height + " BGR pixels do not fill " + bgr.length + " bytes");
            }
        }
    }
}
