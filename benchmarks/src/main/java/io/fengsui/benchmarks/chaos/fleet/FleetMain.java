package io.fengsui.benchmarks.chaos.fleet;

import io.fengsui.edge.uplink.UplinkSettings;
import io.fengsui.runtime.Backoff;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps a fleet at a hub until somebody ends it. Arguments: the hub's port, how many edges, and {@code jitter}, with which each
 * waits as the agent does, or {@code fixed}: a second each time, which is the control.
 */
public final class FleetMain {
    private static final Duration FIXED = Duration.ofSeconds(1);
    private static final long GATHERING_MILLIS = 5_000;
    private static final long FLUSH_MILLIS = 100;

    private FleetMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        int edges = Integer.parseInt(arguments[1]);
        boolean isJittered = arguments[2].equals("jitter");
        TimeSource time = TimeSource.system();
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8);
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(RoleThreads.factory("fleet"));
        FleetEdge.Sea sea = new FleetEdge.Sea(port, executor, time, new FleetBook(out, time));
        SplittableRandom random = new SplittableRandom(edges);
        UplinkSettings.Timing timing = UplinkSettings.Timing.DEFAULT;
        for (int i = 0; i < edges; i++) {
            Supplier<Duration> waits = isJittered
                    ? new Backoff(timing.firstRetry(), timing.longestRetry(), random.split())::next
                    : () -> FIXED;
            FleetEdge edge = new FleetEdge(sea, "fleet-" + i, waits);
            executor.schedule(edge::connect, random.nextLong(GATHERING_MILLIS), TimeUnit.MILLISECONDS);
        }
        executor.scheduleWithFixedDelay(out::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        // Its thread is a daemon; nothing ends it but a signal.
        Thread.currentThread().join();
    }
}
