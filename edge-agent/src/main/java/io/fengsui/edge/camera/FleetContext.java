package io.fengsui.edge.camera;

import io.fengsui.edge.camera.gop.GopArena;
import io.fengsui.edge.rtsp.net.NetLoops;
import io.fengsui.runtime.TimeSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What all cameras of a box share.
 *
 * @param random used from several event loops: must be thread-safe
 * @param nextGeneration gives a number never given before by this process
 */
record FleetContext(
        NetLoops loops,
        TimeSource time,
        RandomGenerator random,
        ConnectLimiter limiter,
        NeighbourBell bell,
        RetryPolicy.Waits waits,
        LongSupplier nextGeneration,
        GopArena arena,
        AccessUnitSink units,
        CameraStateSink states) {}
