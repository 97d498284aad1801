package io.fengsui.hub.shard;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import io.fengsui.hub.intake.EventLog;
import io.fengsui.hub.intake.evidence.StoredEvidence;
import io.fengsui.hub.intake.greeting.Greeting;
import io.fengsui.hub.shard.input.CommandDesk;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.shard.input.TaskDesk;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.value.Name;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ring in front of a shard's writer: bounded in slots and in bytes of waiting records. Drop policy: a full ring
 * refuses the newcomer, who comes again; what was taken is committed, refused to whoever can say it again, or kept as one
 * of the {@link Leftovers}. Thread-safe.
 */
public final class ShardRing implements EventLog, CommandDesk, TaskDesk, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardRing.class);
    private static final int SLOTS = 2048;
    private static final int MAX_BATCH = 512;
    private static final long MAX_WAITING_BYTES = 64L << 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final class Slot {
        @Nullable
        Work work;

        long bytes;
    }

    private final TimeSource time;
    private final Duration drainTime;
    private final Disruptor<Slot> disruptor;
    private final ShardCounts counts;
    /** Shards whose request to be taken over from waits in the ring. */
    private final Set<Integer> handedBy = ConcurrentHashMap.newKeySet();

    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean closed;

    ShardRing(int shard, TimeSource time, Duration drainTime, ShardWriter writer, ShardCounts counts) {
        this.time = time;
        this.drainTime = drainTime;
        this.counts = counts;
        disruptor = new Disruptor<>(
                Slot::new,
                SLOTS,
                work -> RoleThreads.named("shard-" + shard, work),
                ProducerType.MULTI,
                new BlockingWaitStrategy());
        disruptor.setDefaultExceptionHandler(new RingFailure<>());
        disruptor.handleEventsWith(new Gathering(writer));
    }

    public void start() {
        disruptor.start();
    }

    Duration drainTime() {
        return drainTime;
    }

    /** Slots in all. */
    public long capacity() {
        return SLOTS;
    }

    /** Slots that are free. */
    public long remaining() {
        return disruptor.getRingBuffer().remainingCapacity();
    }

    /**
     * In how long what waits now is likely to be committed, at the pace of the newest transaction: when somebody who was put
     * off may come again. Longer while the database does not write, and as long as the writer has been at one batch.
     */
    public Duration clearsIn() {
        if (counts.isFailing()) {
            return LONGEST_PAUSE;
        }
        long batches = (capacity() - remaining()) / MAX_BATCH + 1;
        Duration likely = counts.lastCommit().multipliedBy(batches);
        Duration standing = counts.lastProgressNanos().isPresent()
                ? Duration.ofNanos(
                        time.steadyNanos() - counts.lastProgressNanos().getAsLong())
                : Duration.ZERO;
        Duration pause = likely.compareTo(standing) > 0 ? likely : standing;
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Bytes of records and answers that wait for the writer. */
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /** Asks the stages what is due; to be called about once a second. */
    public boolean tick() {
        return offer(new Work.Tick(), 0);
    }

    /** Something was handed over by a shard; negative: by whichever. One request a shard waits at a time. */
    public void handed(int shard) {
        if (handedBy.add(shard) && !offer(new Work.Handed(shard), 0)) {
            handedBy.remove(shard);
        }
    }

    @Override
    public boolean greet(Hello hello, Duration clockOffset, Consumer<Greeting> reply) {
        return offer(new Work.Greet(hello, clockOffset, reply), 0);
    }

    @Override
    public boolean append(String edge, RecordBatch batch, Consumer<Appended> reply) {
        if (counts.isTooMuchWaiting()) {
            counts.refused();
            return false; // kept on the edge's disk until its tickets can be made
        }
        long bytes = 0;
        for (LaneRecord one : batch.records()) {
            bytes += one.body().length;
        }
        return offer(new Work.Append(edge, batch, reply), bytes);
    }

    @Override
    public boolean appendVolatile(String edge, byte[] body) {
        return offer(Work.Single.of(new Input.VolatileTaken(edge, body)), body.length);
    }

    @Override
    public boolean renew(String edge, List<EventId> open) {
        return offer(Work.Single.of(new Input.LeasesRenewed(edge, open)), 0);
    }

    @Override
    public boolean measured(String edge, Duration clockOffset) {
        return offer(Work.Single.of(new Input.ClockMeasured(edge, clockOffset)), 0);
    }

    @Override
    public boolean left(String edge, String detail) {
        return offer(Work.Single.of(new Input.EdgeLeft(edge, detail)), 0);
    }

    @Override
    public boolean fork(Fork fork) {
        return offer(Work.Single.of(new Input.ForkFound(fork)), 0);
    }

    /** Tells of something about the hub itself. */
    public boolean trouble(EventKind kind, String detail) {
        return offer(Work.Single.of(new Input.HubTrouble(kind, detail)), 0);
    }

    /** Takes something of the hub's own parts; false when it cannot now. One of the two is run later. */
    public boolean task(TaskInput task, Runnable committed, Runnable lost) {
        return offer(new Work.Single(new Input.TaskTaken(task), committed, lost), task.waitingBytes());
    }

    @Override
    public CompletableFuture<Boolean> take(TaskInput task) {
        CompletableFuture<Boolean> reply = new CompletableFuture<>();
        if (!task(task, () -> reply.complete(true), () -> reply.complete(false))) {
            reply.complete(false);
        }
        return reply;
    }

    @Override
    public boolean stored(StoredEvidence evidence, Runnable committed, Runnable lost) {
        return offer(new Work.Single(new Input.EvidenceTaken(evidence), committed, lost), 0);
    }

    @Override
    public CompletableFuture<CommandOutcome> submit(OperatorCommand command) {
        CompletableFuture<CommandOutcome> reply = new CompletableFuture<>();
        if (!offer(new Work.Command(command, reply), 0)) {
            reply.complete(new CommandOutcome.Refused(
                    CommandOutcome.Cause.UNAVAILABLE, new Name("系统繁忙，请稍后再试", "the hub is busy; try again")));
        }
        return reply;
    }

    private boolean offer(Work work, long bytes) {
        if (!closed) {
            if (waitingBytes.addAndGet(bytes) <= MAX_WAITING_BYTES && publish(work, bytes)) {
                return true;
            }
            waitingBytes.addAndGet(-bytes);
        }
        counts.refused();
        return false;
    }

    private boolean publish(Work work, long bytes) {
        return disruptor
                .getRingBuffer()
                .tryPublishEvent(
                        (slot, sequence, what, size) -> {
                            slot.work = what;
                            slot.bytes = size;
                        },
                        work,
                        bytes);
    }

    /** Takes nothing more, commits what waits within the drain time, stops the writer. */
    @Override
    public void close() {
        close(drainTime);
    }

    void close(Duration within) {
        if (closed) {
            return;
        }
        closed = true;
        try {
            disruptor.shutdown(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("not everything that waited was committed within {}", within);
            disruptor.halt();
        }
    }

    /** Stops the writer after the batch it is at, whatever waits: as if the process had died. */
    public void abort() {
        closed = true;
        disruptor.halt();
    }

    /** Gathers what is there into one batch. */
    private final class Gathering implements EventHandler<Slot> {
        private final ShardWriter writer;
        private final List<Attempt.Item> items = new ArrayList<>();

        Gathering(ShardWriter writer) {
            this.writer = writer;
        }

        @Override
        public void onEvent(Slot slot, long sequence, boolean isEndOfBatch) {
            Work work = slot.work;
            slot.work = null;
            waitingBytes.addAndGet(-slot.bytes);
            if (work instanceof Work.Handed handed) {
                handedBy.remove(handed.shard());
            }
            if (work != null) {
                items.add(new Attempt.Item(work, time.wall()));
            }
            if (isEndOfBatch || items.size() >= MAX_BATCH) {
                List<Attempt.Item> batch = List.copyOf(items);
                items.clear();
                try {
                    writer.commit(batch);
                } catch (Throwable e) { // an error, or the writer's own mistake: who waits must hear of it
                    writer.abandon(e);
                }
            }
        }
    }
}
