package io.fengsui.edge.vision.wire;

/**
 * Whether a decoder is kept for a camera, so that the next range need only bring the access units that are new.
 *
 * @param stream name of the camera; empty when a decoder that serves all cameras does
 * @param isContinued whether the range goes on exactly where the last one of this stream ended
 */
public record Following(String stream, boolean isContinued) {
    /** The range stands for itself. */
    public static final Following NONE = new Following("", false);

    public Following {
        if (stream.isEmpty() && isContinued) {
            throw new IllegalArgumentException("only a stream with a name can be continued");
        }
    }

    /** Whether a decoder is kept. */
    public boolean isKept() {
        return !stream.isEmpty();
    }
}
