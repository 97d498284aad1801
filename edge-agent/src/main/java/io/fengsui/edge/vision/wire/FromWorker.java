package io.fengsui.edge.vision.wire;

import io.fengsui.protocol.value.Detection;
import java.util.List;

/** What a worker says. */
public sealed interface FromWorker {
    /** Columns of a small picture. */
    int LUMA_WIDTH = 160;

    /** Rows of a small picture. */
    int LUMA_HEIGHT = 90;

    /** The model is loaded and warm: jobs are welcome. */
    record Ready(long pid, int inferThreads, String model, String version, String sha256, String libraries)
            implements FromWorker {}

    /** The model cannot be served; the worker ends. */
    record LoadFailed(String detail) implements FromWorker {}

    /** Sent several times a second. */
    record Heartbeat(long rssBytes, long jobsDone) implements FromWorker {}

    /** The end of a job. */
    sealed interface Outcome extends FromWorker {
        long job();
    }

    /**
     * How many pictures came of a range.
     *
     * @param decoded good ones; the newest of them was used
     * @param corrupt that the decoder marked as damaged or refused; they were left out
     */
    record Pictures(int decoded, int corrupt) {
        /** The picture came as pixels. */
        public static final Pictures NONE = new Pictures(0, 0);
    }

    /** What was detected. */
    record Detected(long job, int width, int height, Pictures pictures, Spent spent, List<Detection> detections)
            implements Outcome {
        public Detected {
            detections = List.copyOf(detections);
        }
    }

    /** A JPEG file. */
    @SuppressWarnings("ArrayRecordComponent") // handed on as it came; never compared
    record SnapshotTaken(long job, Pictures pictures, byte[] jpeg) implements Outcome {}

    /**
     * A small picture.
     *
     * @param luma rows of {@value #LUMA_WIDTH} bytes, {@value #LUMA_HEIGHT} of them
     * @param chroma mean distance from grey, in tenths of a level
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on as it came; never compared
    record LumaTaken(long job, Pictures pictures, long decodeNanos, int chroma, byte[] luma) implements Outcome {
        public LumaTaken {
            if (luma.length != LUMA_WIDTH * LUMA_HEIGHT) {
                throw new IllegalArgumentException("a small picture of " + luma.length + " bytes");
            }
        }
    }

    /** There was nothing to look at; the worker goes on. */
    record Skipped(long job, SkipReason reason, String detail) implements Outcome {}

    /** Nanoseconds spent in the steps of a detection. */
    record Spent(long decodeNanos, long prepareNanos, long inferNanos, long readNanos) {
        /** Everything but the decoding. */
        public long detectNanos() {
            return prepareNanos + inferNanos + readNanos;
        }
    }
}
