package io.fengsui.edge.patrol;

import io.fengsui.protocol.value.Name;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes rounds when they are due, one after the other on {@code patrol}. A round whose time passed while the agent did not
 * run, or by more than {@link #LATEST}, is not made up for. {@link #apply} is thread-safe.
 */
public final class Patrols implements AutoCloseable {
    static final Duration LATEST = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Patrols.class);
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final long JOIN_MILLIS = 5_000;

    private final TimeSource time;
    private final ZoneId zone;
    private final RoundMaker maker;
    private final RoundSink sink;
    private final Thread thread = RoleThreads.named("patrol", this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final BlockingQueue<Boolean> changed = new ArrayBlockingQueue<>(1);
    private final Map<String, Instant> due = new HashMap<>();
    private List<PatrolSettings> patrols = List.of();
    private Map<String, Name> names = Map.of();
    private volatile boolean isClosing;

    public Patrols(PatrolEyes eyes, RoundSink sink, TimeSource time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
        this.maker = new RoundMaker(eyes, time, zone);
        this.sink = sink;
    }

    public void start() {
        thread.start();
    }

    /** @param cameraNames of every camera, for the sheet */
    public void apply(List<PatrolSettings> settings, Map<String, Name> cameraNames) {
        lock.lock();
        try {
            Map<String, Timetable> before = new HashMap<>();
            patrols.forEach(patrol -> before.put(patrol.id(), patrol.timetable()));
            patrols = List.copyOf(settings);
            names = Map.copyOf(cameraNames);
            due.keySet().retainAll(settings.stream().map(PatrolSettings::id).toList());
            Instant now = time.wall();
            // A round that is due, or waits for another, is not put off by a file that was read again.
            settings.stream()
                    .filter(patrol -> !patrol.timetable().equals(before.get(patrol.id())))
                    .forEach(patrol -> due.put(patrol.id(), patrol.timetable().next(now, zone)));
            settle(now);
            boolean ignored = changed.offer(true);
        } finally {
            lock.unlock();
        }
    }

    private record Turn(PatrolSettings patrol, Map<String, Name> names) {}

    private void run() {
        try {
            while (!isClosing) {
                Turn turn = due();
                if (turn == null) {
                    Boolean ignored = changed.poll(waitMillis(), TimeUnit.MILLISECONDS);
                } else {
                    make(turn);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("patrol ends");
        }
    }

    private void make(Turn turn) throws InterruptedException {
        try {
            Round round = maker.make(turn.patrol(), turn.names());
            long missed = round.visits().stream()
                    .filter(visit -> !visit.missed().isEmpty())
                    .count();
            LOG.info(
                    "patrol={} made: cameras={} missed={}",
                    turn.patrol().id(),
                    round.visits().size(),
                    missed);
            sink.onRound(round);
        } catch (RuntimeException | Error e) {
            LOG.error("patrol={} failed", turn.patrol().id(), e);
        }
    }

    private @Nullable Turn due() {
        lock.lock();
        try {
            Instant now = time.wall();
            settle(now);
            for (PatrolSettings patrol : byTurn()) {
                Instant at = due.getOrDefault(patrol.id(), Instant.MAX);
                if (!now.isBefore(at)) {
                    due.put(patrol.id(), patrol.timetable().next(now, zone));
                    boolean isTooLate = Duration.between(at, now).compareTo(LATEST) > 0;
                    if (!isTooLate) {
                        return new Turn(patrol, names);
                    }
                    LOG.warn("patrol={} is left out: it was due at {}", patrol.id(), at);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** After a clock that was ahead has been set right: what was due by it may be years away. */
    private void settle(Instant now) {
        patrols.forEach(patrol -> due.merge(
                patrol.id(), patrol.timetable().next(now, zone), (old, next) -> old.isAfter(next) ? next : old));
    }

    /** The one that waits longest first: a patrol of every minute does not keep the others from their turn. */
    private List<PatrolSettings> byTurn() {
        return patrols.stream()
                .sorted(Comparator.comparing(patrol -> due.getOrDefault(patrol.id(), Instant.MAX)))
                .toList();
    }

    /** Never for long: the wall clock may jump. */
    private long waitMillis() {
        lock.lock();
        try {
            Instant now = time.wall();
            return due.values().stream()
                    .mapToLong(at -> Math.clamp(Duration.between(now, at).toMillis(), 1, LONGEST_WAIT_MILLIS))
                    .min()
                    .orElse(LONGEST_WAIT_MILLIS);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        isClosing = true;
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
