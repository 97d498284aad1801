package io.fengsui.hub.console;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.shard.CommitListener;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.store.query.ChangeQueries;
import io.fengsui.hub.store.query.ChangeQueries.ChangeRow;
import io.fengsui.runtime.RoleThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns committed changes into frames, once for all streams. One thread, {@code console-feed}, takes what the only writer says
 * that it has committed, asks the change table where something is missing in that, where there are several writers, and each second in
 * which it was told nothing, reads what changed once a batch, and keeps the newest {@value #KEPT} frames; each stream follows at its own
 * pace, and one that falls further behind is cut and comes back with its position. Nothing that is not committed can be
 * seen here. Thread-safe.
 */
public final class ChangeFeed implements CommitListener, AutoCloseable {
    static final int KEPT = 1_024;
    static final int MAX_REPLAY = 1_000;
    private static final int BATCH = 256;
    /** While nobody listens. */
    private static final int LARGE_BATCH = 2_048;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    /** Reads things of one kind as they are now, by their ids; those that are not there are left out. */
    interface Reader {
        Map<String, Told> read(String entity, List<String> ids);
    }

    /** Is told how many events were new, by kind, on the feed's thread: quick, for counting. */
    public interface Observer {
        void added(String kind, long events);
    }

    /** One event of the stream, ready to be sent. */
    record Frame(long number, String text, Predicate<Reach> isSeen) {}

    /** Where a stream stands when it joins, and what it must be told first. */
    record Joined(long number, StreamPosition position, boolean isReset, List<String> missed) {}

    private final ChangeQueries changes;
    private final FreshChanges fresh = new FreshChanges();
    private final ChangeTexts texts;
    private final int shards;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Thread thread;
    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private StreamPosition position = new StreamPosition(Map.of());
    private long lastNumber;
    private int streams;
    private boolean isClosed;

    ChangeFeed(ChangeQueries changes, Reader reader, int shards) {
        this.changes = changes;
        this.texts = new ChangeTexts(changes, reader);
        this.shards = shards;
        this.thread = RoleThreads.named("console-feed", this::run);
    }

    public void observe(Observer observer) {
        observers.add(observer);
    }

    /** Begins at the newest change: what was before is read as lists. */
    public void start() {
        lock.lock();
        try {
            for (int shard = 0; shard < shards; shard++) {
                position = position.with(shard, changes.end(shard));
            }
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    /** An empty list: something was committed, whatever it is. */
    @Override
    public void onCommit(List<Change> committed) {
        // Of several writers one may have committed what it could not tell while others tell all the time: each is
        // asked for.
        fresh.add(shards == 1 ? committed : List.of());
    }

    private void run() {
        boolean isAsking = false;
        boolean failed = false;
        while (!isClosed()) {
            try {
                isAsking |= fresh.await(LOOK);
                for (int shard = 0; shard < shards; shard++) {
                    readOn(shard, isAsking);
                }
                isAsking = false;
                failed = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!failed) {
                    LOG.warn("changes cannot be read; streams stand still until they can", e);
                }
                isAsking = true; // it may be that which was not told
                failed = true;
            }
        }
    }

    /** Goes on to the newest change: by what was told as far as that goes, and by the table where it must. */
    private void readOn(int shard, boolean isAsking) {
        boolean isBehind = true;
        boolean isAsked = !isAsking;
        while (isBehind && !isClosed()) {
            boolean isHeard = isHeard();
            int most = isHeard ? BATCH : LARGE_BATCH;
            FreshChanges.Portion told = fresh.after(position.of(shard), most);
            if (told != null && !told.rows().isEmpty()) {
                publish(told.rows(), told.newEvents(), isHeard);
            } else if (told == null || !isAsked) {
                List<ChangeRow> rows = changes.after(shard, position.of(shard), most);
                boolean isPublished = rows.isEmpty() || publish(rows, null, isHeard);
                isBehind = !rows.isEmpty(); // what was told may follow on it
                isAsked = isPublished && rows.size() < most;
            } else {
                isBehind = false;
            }
        }
    }

    /**
     * False when a stream has joined since these rows were read: they are wanted as frames, and in smaller batches.
     *
     * @param known how many new events are among them, by kind; null: the table is asked
     */
    private boolean publish(List<ChangeRow> rows, @Nullable Map<String, Long> known, boolean isHeard) {
        int shard = rows.getLast().shard();
        long from = position.of(shard);
        long to = rows.getLast().offset();
        // What nobody reads is not made: at thousands of events a second that costs as much as writing them.
        List<Frame> made = isHeard ? texts.of(rows, position) : List.of();
        if (!moved(position.with(shard, to), made, isHeard)) {
            return false;
        }
        if (!observers.isEmpty() && rows.stream().anyMatch(ChangeFeed::isNewEvent)) {
            Map<String, Long> newEvents = known == null ? changes.newEvents(shard, from, to) : known;
            newEvents.forEach((kind, count) -> observers.forEach(observer -> observer.added(kind, count)));
        }
        return true;
    }

    private static boolean isNewEvent(ChangeRow row) {
        return row.kind().equals("added") && row.entity().equals("event");
    }

    /** Stands here now, with these frames more; false when none were made and a stream has joined that wants them. */
    private boolean moved(StreamPosition reached, List<Frame> made, boolean isMade) {
        lock.lock();
        try {
            if (!isMade && streams > 0) {
                return false;
            }
            position = reached;
            for (Frame frame : made) {
                lastNumber++;
                frames.addLast(new Frame(lastNumber, frame.text(), frame.isSeen()));
                if (frames.size() > KEPT) {
                    frames.removeFirst();
                }
            }
            news.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isHeard() {
        lock.lock();
        try {
            return streams > 0;
        } finally {
            lock.unlock();
        }
    }

    /** A stream is about to join: from now on everything is put into frames. */
    void open() {
        lock.lock();
        try {
            streams++;
        } finally {
            lock.unlock();
        }
    }

    /** A stream has ended. */
    void left() {
        lock.lock();
        try {
            streams--;
        } finally {
            lock.unlock();
        }
    }

    /** Joins at the newest frame; with what was missed since {@code seen}, if that can still be told to this reach. */
    Joined join(@Nullable StreamPosition seen, Reach reach) {
        long number;
        StreamPosition here;
        lock.lock();
        try {
            number = lastNumber;
            here = position;
        } finally {
            lock.unlock();
        }
        if (seen == null) {
            return new Joined(number, here, false, List.of());
        }
        long missing = 0;
        for (int shard = 0; shard < shards; shard++) {
            long behind = here.of(shard) - seen.of(shard);
            boolean isForgotten = behind > 0 && changes.beginning(shard) > seen.of(shard) + 1;
            missing += behind;
            if (behind < 0 || isForgotten || missing > MAX_REPLAY) {
                return new Joined(number, here, true, List.of());
            }
        }
        return new Joined(number, here, false, texts.missed(seen, here, reach, shards));
    }

    /**
     * The frames after this one: waits for the first, and gives none when none came in time or the feed is closed; null
     * when some of them are no longer kept.
     */
    @Nullable
    List<Frame> after(long number, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (lastNumber <= number && !isClosed && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            if (!frames.isEmpty() && frames.getFirst().number() > number + 1) {
                return null;
            }
            return frames.stream().filter(frame -> frame.number() > number).toList();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        fresh.add(List.of()); // wakes the thread
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                LOG.warn("the console's feed did not end within 5 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
