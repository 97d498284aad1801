package io.fengsui.edge.record;

import io.fengsui.edge.decide.outlet.DecisionTap;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.Finding;
import io.fengsui.rules.RuleInput;
import io.fengsui.runtime.RoleThreads;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what rules are fed with and what they find. Queue of {@value #QUEUE}; when it is full the newest is dropped and
 * counted. A disk that takes nothing stops recording for a while and nothing else; an entry that cannot be written is counted,
 * and the next ones are. The tap never blocks.
 */
public final class Recorder implements DecisionTap, AutoCloseable {
    static final int QUEUE = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int MAX_BATCH = 512;
    private static final long PAUSE_MILLIS = 30_000;
    private static final long JOIN_MILLIS = 5_000;

    /** Tells the thread that no more comes; never written. */
    private static final Entry END = new Entry.Seen(Instant.EPOCH, "end", new RuleInput.Sighting(List.of(), Map.of()));

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    /** Kinds that the log has; the counter says how often. */
    private final Set<Class<?>> told = new HashSet<>();

    private final Segments segments;
    private final Thread thread = RoleThreads.named("record", this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean isClosing;
    private boolean isFailing;

    public Recorder(Segments segments, MeterRegistry registry) {
        this.segments = segments;
        FunctionCounter.builder("edge_record_entries", taken, AtomicLong::get)
                .description("Sightings, readings and findings recorded for replays")
                .register(registry);
        FunctionCounter.builder("edge_record_dropped", dropped, AtomicLong::get)
                .description("Sightings, readings and findings not recorded for want of room")
                .register(registry);
        FunctionCounter.builder("edge_record_failures", failures, AtomicLong::get)
                .description("Exceptions kept from ending the thread that records; each cost one entry")
                .register(registry);
        Gauge.builder("edge_record_queue", queue, BlockingQueue::size)
                .description("Sightings, readings and findings waiting to be recorded")
                .register(registry);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void onSighting(String camera, RuleInput.Sighting sighting, Moment at) {
        offer(new Entry.Seen(at.wall(), camera, sighting));
    }

    @Override
    public void onReading(RuleInput.Sample sample) {
        offer(new Entry.Read(sample.reading().at().wall(), sample.reading(), sample.isRetained()));
    }

    @Override
    public void onFinding(String rule, String subject, Finding finding, Moment at) {
        offer(new Entry.Found(at.wall(), rule, subject, finding.change(), finding.severity()));
    }

    private void offer(Entry entry) {
        if (!queue.offer(entry)) {
            dropped.incrementAndGet();
        }
    }

    private void run() {
        List<Entry> batch = new ArrayList<>(MAX_BATCH);
        try {
            while (!isClosing) {
                batch.add(queue.take());
                queue.drainTo(batch, MAX_BATCH - 1);
                write(batch);
                batch.clear();
            }
            // What was offered before the end is written, however much it is.
            while (queue.drainTo(batch, MAX_BATCH) > 0) {
                write(batch);
                batch.clear();
            }
            segments.close();
        } catch (InterruptedException | IOException e) {
            LOG.warn("recording did not end in order: {}", e.toString());
        }
    }

    private void write(List<Entry> batch) throws InterruptedException {
        int written = 0;
        try {
            for (Entry entry : batch) {
                if (!isEnd(entry)) {
                    write(entry);
                }
                written++;
            }
            isFailing = false;
        } catch (IOException e) {
            dropped.addAndGet(batch.size() - written);
            if (!isFailing) {
                LOG.warn("nothing is recorded: {}", e.toString());
            }
            isFailing = true;
            boolean ignored = stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void write(Entry entry) throws IOException {
        try {
            segments.append(entry.at(), EntryCodec.encode(entry));
            taken.incrementAndGet();
        } catch (RuntimeException | Error e) {
            failures.incrementAndGet();
            if (told.add(e.getClass())) {
                LOG.error("an entry cannot be recorded; more of this kind are only counted", e);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // This one and no other that says the same.
    private static boolean isEnd(Entry entry) {
        return entry == END;
    }

    /** Ends when all that was offered is written, or the disk takes too long; offer nothing afterwards. */
    @Override
    public void close() {
        isClosing = true;
        stopped.countDown();
        // Wakes the thread where it waits for an entry; a full queue wakes it too. An interrupt would close the file.
        boolean ignored = queue.offer(END);
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
