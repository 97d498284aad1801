package io.fengsui.edge.vision.pool;

import io.fengsui.edge.vision.JobQueue;
import io.fengsui.edge.vision.VisionDropReason;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.edge.vision.VisionStateSink;
import io.fengsui.edge.vision.pool.WorkerEnd.Cause;
import io.fengsui.edge.vision.pool.WorkerLife.Left;
import io.fengsui.runtime.Backoff;
import io.fengsui.runtime.TimeSource;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of a pool: each seat is taken by a life that serves; a spare one waits for the moment when one ends, holds
 * too much memory, or has the wrong model, and takes its seat at once. Who is replaced finishes what it has. Confined to
 * {@code vision-io}.
 */
final class Crew {
    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** A worker that served so long did not fail at its start. */
    private static final Duration STEADY = Duration.ofSeconds(10);

    /** The spare is started when the others have had this long to catch up. */
    private static final Duration SPARE_WAIT = Duration.ofSeconds(2);

    private final WorkerLife.Parts parts;
    private final VisionStateSink states;
    private final Selector selector;
    private final TimeSource time;
    private final JobQueue queue;
    private final @Nullable WorkerLife[] seats;
    private final boolean[] wasReady;
    private final List<WorkerLife> leaving = new ArrayList<>();
    private final Aftermath aftermath;
    private final Handout handout;
    private final Set<Integer> lent = new HashSet<>();
    private final Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, RandomGenerator.getDefault());
    private @Nullable WorkerLife spare;
    private volatile ModelChoice model;
    private @Nullable ModelChoice former;
    private long changedNanos;
    private long notBeforeNanos;
    private long spareNotBeforeNanos;

    Crew(WorkerLife.Parts parts, ModelChoice model, VisionStateSink states, Selector selector) {
        this.parts = parts;
        this.model = model;
        this.states = states;
        this.selector = selector;
        this.time = parts.time();
        this.queue = parts.queue();
        this.aftermath = new Aftermath(parts);
        this.handout = new Handout(parts, aftermath);
        this.seats = new WorkerLife[parts.settings().workers()];
        this.wasReady = new boolean[seats.length];
        long now = time.steadyNanos();
        this.notBeforeNanos = now;
        this.spareNotBeforeNanos = now;
        this.changedNanos = now - ModelTrial.WITHIN.toNanos();
    }

    /** Hears all, replaces who has ended, hands out what waits. */
    void turn() {
        lives().forEach(WorkerLife::turn);
        for (int seat = 0; seat < seats.length; seat++) {
            WorkerLife life = seats[seat];
            if (life != null && life.end() != null) {
                seats[seat] = null;
                ended(seat, life, life.end());
            }
        }
        if (spare != null && spare.end() != null) {
            WorkerLife failed = spare;
            spare = null;
            aftermath.bury(failed, model);
            postpone();
            LOG.warn("spare vision worker={} ended: {}", failed.number(), failed.end());
        }
        dismiss();
        staff();
        handout.feed(seats);
    }

    Stream<WorkerLife> lives() {
        List<WorkerLife> all = new ArrayList<>(leaving);
        for (WorkerLife life : seats) {
            if (life != null) {
                all.add(life);
            }
        }
        if (spare != null) {
            all.add(spare);
        }
        return all.stream();
    }

    private int freeNumber() {
        Set<Integer> taken = new HashSet<>(lent);
        lives().forEach(life -> taken.add(life.number()));
        int number = 0;
        while (taken.contains(number)) {
            number++;
        }
        return number;
    }

    /** A life of its own, outside the crew, for a model that has to prove itself. */
    WorkerLife candidate(ModelChoice choice) {
        WorkerLife life = new WorkerLife(freeNumber(), choice, parts, selector);
        lent.add(life.number());
        return life;
    }

    /** The candidate did not prove itself. */
    void reject(WorkerLife candidate) {
        lent.remove(candidate.number());
        aftermath.bury(candidate, model);
    }

    private WorkerLife begin() {
        return new WorkerLife(freeNumber(), model, parts, selector);
    }

    private void ended(int seat, WorkerLife life, WorkerEnd end) {
        LOG.warn("vision worker={} ended reason={}: {}", life.number(), end.reason(), end.detail());
        if (life.served().compareTo(STEADY) > 0) {
            backoff.reset();
        }
        postpone();
        wasReady[seat] = false;
        parts.observer().onRestart(seat, end.reason());
        Optional<String> rolledBack = judge(life, end, aftermath.bury(life, model));
        states.onState(
                seat,
                VisionState.DOWN,
                rolledBack.isPresent() ? "model_rolled_back" : end.reason(),
                rolledBack.orElse(end.detail()));
    }

    private void postpone() {
        long now = time.steadyNanos();
        notBeforeNanos = now + backoff.next().toNanos();
        spareNotBeforeNanos = Math.max(notBeforeNanos, now + SPARE_WAIT.toNanos());
    }

    /** Takes the model out of use when it is to blame; says so. */
    private Optional<String> judge(WorkerLife life, WorkerEnd end, List<Left> left) {
        ModelChoice back = former;
        boolean isNew = time.steadyNanos() - changedNanos < ModelTrial.WITHIN.toNanos();
        if (!life.choice().equals(model) || !aftermath.isModelGuilty(end, left, isNew) || back == null) {
            return Optional.empty();
        }
        String why = "workers with model " + model.told() + " crashed " + ModelTrial.LIMIT + " times, so " + back.told()
                + " serves again";
        LOG.error("{}", why);
        use(back);
        former = null;
        parts.observer().onModel(back.inUse(), back.model().folder(), why);
        return Optional.of(why);
    }

    private void dismiss() {
        leaving.removeIf(life -> {
            if (life.end() == null && life.inFlight() == 0) {
                life.endWith(Cause.DISMISSED, "its work is done");
            }
            if (life.end() == null) {
                return false;
            }
            aftermath.bury(life, model);
            return true;
        });
    }

    private void staff() {
        long now = time.steadyNanos();
        for (int seat = 0; seat < seats.length; seat++) {
            WorkerLife life = seats[seat];
            if (life == null) {
                take(seat, now);
            } else if (isStale(life) && spare != null && spare.isReady() && !isStale(spare)) {
                leaving.add(life);
                wasReady[seat] = false;
                take(seat, now);
            }
            tell(seat);
        }
        if (spare != null && isStale(spare)) {
            leaving.add(spare);
            spare = null;
        }
        if (spare == null && isSpareWanted() && now - spareNotBeforeNanos >= 0) {
            spare = begin();
        }
    }

    private boolean isStale(WorkerLife life) {
        return !life.choice().equals(model) || life.isTired();
    }

    private boolean isSpareWanted() {
        boolean areAllReady = true;
        boolean isAnyStale = false;
        for (WorkerLife life : seats) {
            areAllReady &= life != null && life.isReady();
            isAnyStale |= life != null && isStale(life);
        }
        return areAllReady && (parts.settings().staff().hasSpare() || isAnyStale);
    }

    private void take(int seat, long now) {
        WorkerLife next = spare;
        if (next != null) {
            spare = null;
            spareNotBeforeNanos = now + SPARE_WAIT.toNanos();
        } else if (now - notBeforeNanos >= 0) {
            next = begin();
        }
        seats[seat] = next;
        if (next != null && !next.isReady()) {
            states.onState(seat, VisionState.STARTING, "started", "");
        }
    }

    private void tell(int seat) {
        WorkerLife life = seats[seat];
        if (life != null && life.isReady() && !wasReady[seat]) {
            wasReady[seat] = true;
            states.onState(seat, VisionState.READY, "started", "");
        }
    }

    /** The model that the next lives have, and that those who serve give way to. From any thread. */
    ModelChoice model() {
        return model;
    }

    /** Changes the model: a life that has it takes each seat as soon as it is ready. */
    private void use(ModelChoice next) {
        former = model;
        model = next;
        changedNanos = time.steadyNanos();
        notBeforeNanos = changedNanos;
        spareNotBeforeNanos = changedNanos;
        aftermath.newModel();
    }

    /** A life that proved itself takes the first seat, with its model. */
    void admit(WorkerLife proven) {
        lent.remove(proven.number());
        use(proven.choice());
        WorkerLife old = seats[0];
        if (old != null) {
            leaving.add(old);
        }
        seats[0] = proven;
        wasReady[0] = true;
    }

    long ready() {
        long ready = 0;
        for (WorkerLife life : seats) {
            ready += life != null && life.isReady() ? 1 : 0;
        }
        return ready;
    }

    /** Ends everybody; what they had, ends as closed. */
    void close() {
        List<WorkerLife> all = lives().toList();
        all.forEach(life -> life.endWith(Cause.CLOSED, "the pool was closed"));
        for (WorkerLife life : all) {
            for (Left left : life.bury()) {
                queue.release(left.job());
                parts.desk().dropped(left.job(), VisionDropReason.CLOSED, "the pool was closed");
            }
        }
        aftermath.close();
        for (int seat = 0; seat < seats.length; seat++) {
            states.onState(seat, VisionState.CLOSED, "closed", "");
        }
    }
}
