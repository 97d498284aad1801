package io.fengsui.edge.gate;

import io.fengsui.edge.gate.admission.AskBudget;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the gate of one camera remembers from picture to picture. Immutable; times are of the steady clock.
 *
 * @param phaseNanos when the phase began
 */
record AutoState(Phase phase, long phaseNanos, Asked asked, Marks marks, Stay stay) {
    /** Where a camera is between asleep and awake. */
    enum Phase {
        /** Asleep. */
        SHUT,
        /** Something is there, or may be: followed at the standard rate. */
        OPEN,
        /** Something moves on that was looked at and is nothing that is looked for. */
        RESTLESS
    }

    /** What was asked for. */
    enum Awaited {
        NOTHING,
        /** A small picture. */
        LUMA,
        /** A small picture that has to show whether what sizes notice lies outside of what is hidden. */
        PROOF,
        /** Detections. */
        SEEN
    }

    /**
     * What was asked for, and when.
     *
     * @param lookNanos the detector's last look
     * @param sampleNanos the last small picture
     * @param auditNanos when the next sample of shut time is due
     * @param awaited the answer that is on its way
     * @param awaitedNanos since when
     * @param budget of proofs
     */
    record Asked(
            long lookNanos, long sampleNanos, long auditNanos, Awaited awaited, long awaitedNanos, AskBudget budget) {}

    /**
     * What is known without an answer.
     *
     * @param isMovement a small picture showed movement that nobody has looked at yet
     * @param isActive sizes showed activity in the picture before
     * @param isFirstDue no detector has looked at this stream yet, or at this light
     */
    record Marks(boolean isMovement, boolean isActive, boolean isFirstDue) {}

    /**
     * What the detector found last.
     *
     * @param lastNanos when there was something, or was thought to be, for the last time; {@link #NEVER}
     * @param sinceNanos since when as much as now is there; {@link #NEVER} when there was nothing yet
     * @param isDoubtful it was found once, and not for sure
     * @param empty looks in a row that found nothing
     * @param steady looks in a row that found the same in the same place; {@link AutoAnswer#NOTHING_YET} when there was
     *     nothing yet
     * @param views of emptiness since
     */
    record Stay(long lastNanos, long sinceNanos, boolean isDoubtful, int empty, int steady, Views views) {
        static final long NEVER = Long.MIN_VALUE / 2;

        /** Of emptiness: with one lost to a pause in watching, the rules have four. */
        private static final int VIEWS = 5;

        private static final Duration MOST_WATCHED = Duration.ofMinutes(1);

        static final Stay NONE = new Stay(NEVER, NEVER, false, 0, 0);

        /** Of something that is there, or may be. */
        Stay(long lastNanos, long sinceNanos, boolean isDoubtful, int empty, int steady) {
            this(lastNanos, sinceNanos, isDoubtful, empty, steady, Views.NONE);
        }

        /** Something stirred where there was nothing. */
        static Stay thoughtOf(long nowNanos) {
            return new Stay(nowNanos, NEVER, false, 0, AutoAnswer.NOTHING_YET);
        }

        /** Something went by that wakes nobody, and was shown to the rules: they want to see that it is gone. */
        static Stay passedBy(long nowNanos) {
            return new Stay(nowNanos, nowNanos, false, 0, 0);
        }

        /** Something stirred where there was something a moment ago. */
        Stay again(long nowNanos) {
            return new Stay(nowNanos, sinceNanos, false, empty, 0);
        }

        /** Whether it was more than a thought. */
        boolean wasFound() {
            return sinceNanos != NEVER;
        }

        /**
         * For a time; and, of what was found, until emptiness was <i>seen</i>: on a full box answers come late or never, and what
         * ended there would stay open and swallow what happens next.
         */
        boolean isWatched(GateSettings settings, long nowNanos) {
            boolean isSeen = views.count() >= VIEWS
                    && views.spanNanos() >= settings.emptiness().toNanos();
            boolean isMissing = wasFound() && !isSeen;
            long since = nowNanos - lastNanos;
            return since < settings.linger().toNanos() || isMissing && since < MOST_WATCHED.toNanos();
        }

        /** One more look that found nothing; what was steady is so no more. */
        Stay andEmpty(long nowNanos) {
            return new Stay(lastNanos, sinceNanos, false, empty + 1, Math.min(steady, 0), views.andOne(nowNanos));
        }

        /** One more look that may have overlooked what stands there: steady is what it was. */
        Stay andOverlooked(long nowNanos) {
            return new Stay(lastNanos, sinceNanos, false, empty + 1, steady, views.andOne(nowNanos));
        }

        /** One more small picture that is as the background was: whatever stirred before was nothing. */
        Stay andCalm(long nowNanos) {
            return new Stay(lastNanos, sinceNanos, isDoubtful, 0, steady, views.andOne(nowNanos));
        }

        /** Nothing is there: neither steady nor expected. */
        Stay unsteady() {
            return new Stay(lastNanos, sinceNanos, isDoubtful, empty, 0, views);
        }

        /** The emptiness that rules want to see counts from now. */
        Stay until(long nowNanos) {
            return new Stay(nowNanos, sinceNanos, isDoubtful, empty, steady, views);
        }
    }

    /**
     * Pictures in a row that showed nothing, of whichever size, without a long gap among them.
     *
     * @param firstNanos when the answer to the first came; 0 for none
     * @param lastNanos when the answer to the last came
     */
    record Views(int count, long firstNanos, long lastNanos) {
        static final Views NONE = new Views(0, 0, 0);

        /** What lies further apart is two things: in between nobody watched. */
        private static final long LONGEST_GAP = TimeUnit.SECONDS.toNanos(10);

        Views andOne(long nowNanos) {
            boolean isFirst = count == 0 || nowNanos - lastNanos > LONGEST_GAP;
            return isFirst ? new Views(1, nowNanos, nowNanos) : new Views(count + 1, firstNanos, nowNanos);
        }

        private long spanNanos() {
            return lastNanos - firstNanos;
        }
    }

    /** Of a new stream. */
    static AutoState first(long nowNanos, long auditNanos) {
        return new AutoState(
                Phase.SHUT,
                nowNanos,
                new Asked(nowNanos, nowNanos, auditNanos, Awaited.NOTHING, nowNanos, new AskBudget(nowNanos)),
                new Marks(false, false, true),
                Stay.NONE);
    }

    boolean isAwake() {
        return phase != Phase.SHUT;
    }

    /** Asleep with something in view that has not moved for long. */
    boolean isSettled() {
        return phase == Phase.SHUT && stay.steady() > 0;
    }

    boolean isActive() {
        return marks.isActive();
    }

    AutoState in(Phase next, long nowNanos, Stay found) {
        return new AutoState(next, nowNanos, asked, new Marks(false, marks.isActive(), marks.isFirstDue()), found);
    }

    AutoState askedFor(Awaited what, long nowNanos) {
        boolean isLook = what == Awaited.SEEN;
        Asked next = new Asked(
                isLook ? nowNanos : asked.lookNanos(),
                isLook ? asked.sampleNanos() : nowNanos,
                asked.auditNanos(),
                what,
                nowNanos,
                asked.budget());
        Marks left = new Marks(marks.isMovement() && !isLook, marks.isActive(), marks.isFirstDue());
        return new AutoState(phase, phaseNanos, next, left, stay);
    }

    /** The small picture that is on its way is a proof. */
    AutoState proving() {
        Asked next = new Asked(
                asked.lookNanos(),
                asked.sampleNanos(),
                asked.auditNanos(),
                Awaited.PROOF,
                asked.awaitedNanos(),
                asked.budget());
        return new AutoState(phase, phaseNanos, next, marks, stay);
    }

    AutoState answered() {
        Asked next = new Asked(
                asked.lookNanos(),
                asked.sampleNanos(),
                asked.auditNanos(),
                Awaited.NOTHING,
                asked.awaitedNanos(),
                asked.budget());
        return new AutoState(phase, phaseNanos, next, marks, stay);
    }

    /** A detector has looked. */
    AutoState seen() {
        AutoState next = answered();
        return marks.isFirstDue() ? next.marked(new Marks(marks.isMovement(), marks.isActive(), false)) : next;
    }

    /** What stands there may have been there when the background was taken: to be looked at when there is time, as a new stream is. */
    AutoState unseen() {
        return marked(new Marks(marks.isMovement(), marks.isActive(), true));
    }

    /** Whether sizes say that something moves, wherever it may be; of no weight where a part of the picture is hidden. */
    boolean isStirring(GateSettings settings) {
        return isActive() && !settings.isHiding();
    }

    AutoState active(boolean now) {
        return now == marks.isActive() ? this : marked(new Marks(marks.isMovement(), now, marks.isFirstDue()));
    }

    AutoState moved() {
        return marked(new Marks(true, marks.isActive(), marks.isFirstDue()));
    }

    AutoState with(Stay found) {
        return new AutoState(phase, phaseNanos, asked, marks, found);
    }

    AutoState nextAudit(long dueNanos) {
        Asked next = new Asked(
                asked.lookNanos(),
                asked.sampleNanos(),
                dueNanos,
                asked.awaited(),
                asked.awaitedNanos(),
                asked.budget());
        return new AutoState(phase, phaseNanos, next, marks, stay);
    }

    /** What was asked for costs one of the proofs. */
    AutoState spending(long nowNanos) {
        Asked next = new Asked(
                asked.lookNanos(),
                asked.sampleNanos(),
                asked.auditNanos(),
                asked.awaited(),
                asked.awaitedNanos(),
                asked.budget().spent(nowNanos));
        return new AutoState(phase, phaseNanos, next, marks, stay);
    }

    /** Whether there was something a moment ago, so that rules want to see that there is nothing now. */
    boolean isClosing(GateSettings settings, long nowNanos) {
        return phase == Phase.SHUT && !isSettled() && stay.isWatched(settings, nowNanos);
    }

    private AutoState marked(Marks next) {
        return new AutoState(phase, phaseNanos, asked, next, stay);
    }
}
