package io.fengsui.edge.rtsp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.rtp.RtpReceiver;
import io.fengsui.edge.rtp.StreamCounters;
import io.fengsui.edge.rtsp.net.NetLoop;
import io.fengsui.runtime.TimeSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What stays the same over all sessions of a camera.
 *
 * @param loop on which everything of this camera happens
 * @param nextGeneration gives a number never given before for this camera
 */
public record StreamContext(
        NetLoop loop, TimeSource time, RandomGenerator random, StreamCounters counters, LongSupplier nextGeneration) {

    RtpReceiver receiver(RtpReceiver.Format format, Consumer<AccessUnit> sink) {
        return new RtpReceiver(format, counters, nextGeneration, random.nextLong(), sink);
    }
}
