package io.fengsui.hub.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message to one contact by one channel, in the outbox until it is delivered or given up.
 *
 * @param id the same at every try, so that a receiver knows a repeated one
 * @param notices what it tells, oldest first; as many as a message of its contact holds
 * @param omitted how many more there would be
 */
public record Delivery(String id, Address address, List<Notice> notices, int omitted, Plan plan, Run run) {
    /** @param group what goes together; {@code *} for what quiet hours or a limit held back */
    public record Address(String contact, String channel, String group) {
        /** For all that was held back. */
        static final String DIGEST = "*";
    }

    /** @param due not before */
    public record Plan(Instant made, Instant due, SendReason reason) {}

    /** What became of it. */
    public enum State {
        WAITING,
        DELIVERED,
        /** Given up; whoever looks can have it sent again. */
        DEAD
    }

    /**
     * @param tries all of them
     * @param rung of the ladder of pauses; starts anew when somebody has it sent again
     * @param next not before; null when it is over
     */
    public record Run(
            State state, int tries, int rung, @Nullable Instant next) {}

    public Delivery {
        notices = List.copyOf(notices);
    }

    static Delivery planned(String id, Address address, Notice notice, Plan plan) {
        return new Delivery(id, address, List.of(notice), 0, plan, new Run(State.WAITING, 0, 0, plan.due()));
    }

    /** One more thing in a message that has not gone yet. */
    Delivery with(Notice notice, int most) {
        if (notices.size() >= most) {
            return new Delivery(id, address, notices, omitted + 1, plan, run);
        }
        List<Notice> more = new ArrayList<>(notices);
        more.add(notice);
        return new Delivery(id, address, more, omitted, plan, run);
    }

    /** After a try. */
    Delivery tried(TryOutcome outcome, Instant now) {
        int tries = run.tries + 1;
        if (outcome == TryOutcome.DELIVERED) {
            return with(new Run(State.DELIVERED, tries, run.rung, null));
        }
        Instant next = outcome == TryOutcome.REFUSED ? null : RetryLadder.next(id, run.rung, now);
        return with(
                next == null
                        ? new Run(State.DEAD, tries, run.rung, null)
                        : new Run(State.WAITING, tries, run.rung + 1, next));
    }

    /** Once more from the beginning. */
    Delivery again(Instant now) {
        return with(new Run(State.WAITING, run.tries, 0, now));
    }

    private Delivery with(Run changed) {
        return new Delivery(id, address, notices, omitted, plan, changed);
    }
}
