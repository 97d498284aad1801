package io.fengsui.fieldsim.load;

/**
 * One simulated camera: a stream, from which picture of it on, and when. It shows its picture 0 at its origin, sees all viewers alike,
 * and begins the stream anew at its end. Event loop only, but for what is final.
 */
final class LoadCamera {
    private final int number;
    private final PacketStore stream;
    private final int startFrame;
    private final long originNanos;
    private boolean isDead;

    /** @param startFrame of the stream, a keyframe: happenings of cameras that share a stream come at different times */
    LoadCamera(int number, PacketStore stream, int startFrame, long originNanos) {
        if (!stream.isKeyframe(startFrame)) {
            throw new IllegalArgumentException("a camera starts at a keyframe, not at " + startFrame);
        }
        this.number = number;
        this.stream = stream;
        this.startFrame = startFrame;
        this.originNanos = originNanos;
    }

    int number() {
        return number;
    }

    String name() {
        return name(number);
    }

    static String name(int number) {
        return "cam-" + number;
    }

    PacketStore stream() {
        return stream;
    }

    /** The stream's frame that is shown as the camera's frame with this number. */
    int streamFrame(long frame) {
        return (int) ((startFrame + frame) % stream.frameCount());
    }

    /** How often the stream has begun anew. */
    long turn(long frame) {
        return (startFrame + frame) / stream.frameCount();
    }

    long dueNanos(long frame) {
        return originNanos + frame * 1_000_000_000L / stream.truth().framesPerSecond();
    }

    /** The next frame that a decoder can begin with. */
    long keyframeAfter(long nowNanos) {
        long passed = Math.max(0, nowNanos - originNanos);
        long frame = passed * stream.truth().framesPerSecond() / 1_000_000_000L + 1;
        while (!stream.isKeyframe(streamFrame(frame))) {
            frame++;
        }
        return frame;
    }

    /** Takes connections and says nothing. */
    void kill() {
        isDead = true;
    }

    void revive() {
        isDead = false;
    }

    boolean isDead() {
        return isDead;
    }
}
