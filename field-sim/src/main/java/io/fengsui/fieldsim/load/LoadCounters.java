package io.fengsui.fieldsim.load;

import java.util.Locale;

/** What the generator did. Event loop only. */
final class LoadCounters {
    int viewers;
    /** Viewers that have been sent their first keyframe. */
    int streaming;

    long frames;
    /** Frames of which a viewer did not take a packet, or which came between such a one and the next keyframe. */
    long framesLost;

    long packets;
    long packetsLost;
    long bytes;
    long connections;
    /** Most that a tick was late since this was last told. */
    long lateNanos;

    String line() {
        String text = String.format(
                Locale.ROOT,
                "stats viewers=%d streaming=%d frames=%d frames-lost=%d packets=%d packets-lost=%d bytes=%d"
                        + " connections=%d late-ms=%.1f",
                viewers,
                streaming,
                frames,
                framesLost,
                packets,
                packetsLost,
                bytes,
                connections,
                lateNanos / 1e6);
        lateNanos = 0;
        return text;
    }
}
