package io.fengsui.edge.ring;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.outlet.SlotSink;
import io.fengsui.edge.meter.StandingGauge;
import io.fengsui.runtime.Progress;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes slots from any thread and never blocks: a full ring refuses, and each refusal is counted by class. The last
 * places are kept for urgent slots, so that a flood of detections cannot keep an alarm or a sensor's acknowledgement out.
 * Drop policy: the newest is refused, and it is the caller's to offer again.
 *
 * <p>One consumer, thread {@code ring-spool}; a slot is one hand-over, nothing is copied.
 */
public final class SlotRing implements SlotSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotRing.class);
    private static final String THREAD = "ring-spool";
    private static final long START_SECONDS = 10;
    /** All of it: the agent ends within ten seconds, and other stages need some of them. */
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final RingSettings settings;
    private final Disruptor<SlotEntry> disruptor;
    private final RingBuffer<SlotEntry> buffer;
    private final SlotConsumer consumer;
    private final Progress progress;
    private final Counter refusedUrgent;
    private final Counter refusedOrdinary;
    private volatile @Nullable Thread thread;
    private volatile boolean open;

    public SlotRing(RingSettings settings, SlotHandler handler, MeterRegistry meters, TimeSource time) {
        this.settings = settings;
        this.progress = new Progress(THREAD, time::steadyNanos);
        this.consumer = new SlotConsumer(handler, progress);
        this.disruptor = new Disruptor<>(
                SlotEntry::new,
                settings.slots(),
                this::consumerThread,
                ProducerType.MULTI,
                new TimeoutBlockingWaitStrategy(settings.idle().toNanos(), TimeUnit.NANOSECONDS));
        disruptor.setDefaultExceptionHandler(new SurvivingExceptionHandler());
        disruptor.handleEventsWith(consumer);
        this.buffer = disruptor.getRingBuffer();
        this.refusedUrgent = refusals(meters, "urgent");
        this.refusedOrdinary = refusals(meters, "ordinary");
        StandingGauge.register(progress, meters);
        Gauge.builder("edge_ring_remaining_ratio", this, SlotRing::remainingRatio)
                .description("Share of the ring that is free")
                .register(meters);
        Gauge.builder("edge_ring_consumer_alive", this, ring -> ring.isConsumerAlive() ? 1 : 0)
                .description("1 while the ring's consumer runs")
                .register(meters);
        FunctionCounter.builder("edge_ring_store_refused_total", consumer, SlotConsumer::refused)
                .description("Slots that the store did not take because it is broken and holds as much as it may")
                .register(meters);
        FunctionCounter.builder("edge_ring_failures_total", consumer, SlotConsumer::failures)
                .description("Exceptions kept from ending the ring's consumer")
                .register(meters);
    }

    private static Counter refusals(MeterRegistry meters, String slotClass) {
        return Counter.builder("edge_ring_refused_total")
                .description("Slots refused because the ring was full")
                .tag("class", slotClass)
                .register(meters);
    }

    private Thread consumerThread(Runnable work) {
        Thread made = RoleThreads.named(THREAD, work);
        thread = made;
        return made;
    }

    /** Starts the consumer. */
    public void start() {
        disruptor.start();
        // Closing hands over what waits only when the consumer runs: a slot offered before that could be lost.
        if (!consumer.awaitStart(START_SECONDS)) {
            LOG.warn("the ring's consumer did not start within {} s", START_SECONDS);
        }
        open = true;
    }

    @Override
    public boolean offer(Slot slot) {
        boolean isUrgent = slot.isUrgent();
        // The reserve is read without a lock: producers that race may eat a few places of it, never more than they are.
        if (!open || !isUrgent && !buffer.hasAvailableCapacity(settings.urgentReserve() + 1) || !publish(slot)) {
            (isUrgent ? refusedUrgent : refusedOrdinary).increment();
            return false;
        }
        return true;
    }

    /** Wakes the consumer for work that does not come through the ring. A full ring needs no waking. */
    public void nudge() {
        if (open) {
            publish(null);
        }
    }

    private boolean publish(@Nullable Slot slot) {
        long sequence;
        try {
            sequence = buffer.tryNext();
        } catch (InsufficientCapacityException e) {
            return false;
        }
        buffer.get(sequence).slot = slot;
        buffer.publish(sequence);
        return true;
    }

    /** Free share of the ring, 0..1. */
    public double remainingRatio() {
        return (double) buffer.remainingCapacity() / settings.slots();
    }

    /** Slots waiting. */
    public long depth() {
        return settings.slots() - buffer.remainingCapacity();
    }

    /** Whether the consumer lives: a ring whose consumer died must be told, not waited for. */
    public boolean isConsumerAlive() {
        Thread consuming = thread;
        return consuming != null && consuming.isAlive() && consumer.isRunning();
    }

    /** Whether the consumer gets on. A handler that takes long for one call may tell of its steps. */
    public Progress progress() {
        return progress;
    }

    /** Lets the consumer finish what is there, for some seconds: it may hang in the disk. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        long begun = System.nanoTime();
        try {
            disruptor.shutdown(CLOSE_NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.warn("ring closed with {} slots not handed over", depth());
            disruptor.halt();
        }
        Thread consuming = thread;
        if (consuming != null) {
            try {
                boolean ended =
                        consuming.join(Duration.ofNanos(Math.max(1, CLOSE_NANOS - (System.nanoTime() - begun))));
                LOG.debug("the ring's consumer has ended: {}", ended);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
