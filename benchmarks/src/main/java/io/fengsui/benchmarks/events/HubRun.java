package io.fengsui.benchmarks.events;

import io.fengsui.benchmarks.HubFile;
import io.fengsui.hub.app.Hub;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.KeepSettings;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A hub with its own port and database, and edges that send all they have at once. */
final class HubRun {
    /**
     * What a run found.
     *
     * @param settled seconds until tickets stood for all of it too
     * @param writerSeconds CPU time of the shards' writers
     * @param kept what the database holds afterwards
     */
    record Found(int events, double seconds, double settled, double writerSeconds, Kept kept, double p50, double p99) {
        double rate() {
            return events / seconds;
        }

        long stored() {
            return kept.events();
        }

        long tickets() {
            return kept.tickets();
        }
    }

    private static final Duration TICK = Duration.ofSeconds(1);

    /** What is done with a hub that runs. */
    @FunctionalInterface
    interface Afterwards {
        void accept(Hub hub) throws InterruptedException;
    }

    private HubRun() {}

    /** @param share of events whose incident is new */
    record Load(int edges, int batches, double share) {}

    /** @param names what the edges' names begin with: another beginning is other edges */
    static Found run(Path data, @Nullable DatabaseSettings server, String names, Load load)
            throws InterruptedException, ExecutionException {
        List<EdgeLoad> loads = new ArrayList<>();
        for (int i = 0; i < load.edges(); i++) {
            loads.add(new EdgeLoad(names + i, load.batches(), load.share()));
        }
        return run(plain(data, server), loads, false, hub -> {});
    }

    /**
     * @param isTicking whether the hub looks each second at what is due
     * @param afterwards what is done while the hub still runs, once all is settled
     */
    static Found run(HubSettings settings, List<EdgeLoad> loads, boolean isTicking, Afterwards afterwards)
            throws InterruptedException, ExecutionException {
        try (Hub hub = Hub.start(settings, TimeSource.system(), List.of());
                ExecutorService ticks = RoleThreads.every(TICK, "tick", () -> {
                    if (isTicking) {
                        hub.tick();
                    }
                    return isTicking;
                });
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (EdgeLoad one : loads) {
                one.connect(hub.port());
            }
            Map<Long, Long> writers = cpuNanos();
            long begun = System.nanoTime();
            List<Future<Boolean>> sent = loads.stream()
                    .map(one -> senders.submit(() -> {
                        one.send();
                        return true;
                    }))
                    .toList();
            for (Future<Boolean> one : sent) {
                one.get();
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            while (Kept.count(hub.database(), "SELECT COUNT(*) FROM handover") > 0) {
                LockSupport.parkNanos(2_000_000);
            }
            double settled = (System.nanoTime() - begun) / 1e9;
            double writerSeconds = secondsSince(writers);
            loads.forEach(EdgeLoad::close);
            long[] waited = loads.stream()
                    .flatMapToLong(one -> LongStream.of(one.waitedNanos()))
                    .sorted()
                    .toArray();
            Kept kept = Kept.in(hub.database());
            afterwards.accept(hub);
            ticks.shutdownNow();
            return new Found(
                    loads.stream().mapToInt(EdgeLoad::events).sum(),
                    seconds,
                    settled,
                    writerSeconds,
                    kept,
                    waited[waited.length / 2] / 1e6,
                    waited[(int) (waited.length * 0.99)] / 1e6);
        }
    }

    /** CPU time of each shard's writer, by its thread. */
    static Map<Long, Long> cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> nanos = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("shard-")) {
                nanos.put(thread.getThreadId(), threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return nanos;
    }

    /** CPU time of the shards' writers since then. */
    static double secondsSince(Map<Long, Long> then) {
        return cpuNanos().entrySet().stream()
                        .mapToLong(one -> one.getValue() - then.getOrDefault(one.getKey(), 0L))
                        .sum()
                / 1e9;
    }

    /** A hub as it is shipped: it knows of no places and tells nobody. */
    static HubSettings plain(Path data, @Nullable DatabaseSettings server) {
        return HubFile.read(Path.of("config/central-hub.yaml"), storage(data, server));
    }

    static HubSettings.Storage storage(Path data, @Nullable DatabaseSettings server) {
        return server == null
                ? HubSettings.Storage.in(data)
                : new HubSettings.Storage(data, server, KeepSettings.DEFAULT);
    }
}
