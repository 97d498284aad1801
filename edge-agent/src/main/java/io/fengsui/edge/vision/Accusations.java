package io.fengsui.edge.vision;

import io.fengsui.edge.vision.Charge.Stage;
import io.fengsui.edge.vision.Charge.Work;
import io.fengsui.edge.vision.Quarantine.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cameras that were in flight when a worker died. One that was there several times in a row, without a good result
 * between, is left out for a while, so that a poisonous stream cannot keep the others blind. What is returned is to be told.
 * Thread-safe.
 */
public final class Accusations {
    private final Map<String, Charge> charges = new HashMap<>();

    /**
     * What time brought.
     *
     * @param ended cameras that are looked at again
     * @param tried cameras whose next look is their try
     */
    record Passed(List<Quarantine> ended, List<String> tried) {
        static final Passed NOTHING = new Passed(List.of(), List.of());
    }

    /** A worker died with a job of this camera. */
    synchronized Optional<Quarantine> accuse(String camera, Work work, long stream, long nowNanos) {
        @Nullable Charge before = charges.get(camera);
        Charge after = before == null
                ? Charge.first(work, stream, nowNanos)
                : before.at(nowNanos).oneMore(work, stream, nowNanos);
        charges.put(camera, after);
        boolean isNews = after.isBlind() && (before == null || !before.isBlind());
        return isNews ? Optional.of(news(camera, Cause.WORKERS_CRASHED, after)) : Optional.empty();
    }

    /** A worker lived through a job of this camera. */
    synchronized Optional<Quarantine> survived(String camera, Work work, boolean isDecoded, long nowNanos) {
        @Nullable Charge before = charges.get(camera);
        if (before == null) {
            return Optional.empty();
        }
        Optional<Charge> after = before.survived(work, isDecoded, nowNanos);
        after.ifPresentOrElse(left -> charges.put(camera, left), () -> charges.remove(camera));
        return before.isBlind() && after.stream().noneMatch(Charge::isBlind)
                ? Optional.of(news(camera, Cause.DECODED, before))
                : Optional.empty();
    }

    private static Quarantine news(String camera, Cause cause, Charge charge) {
        return new Quarantine(camera, cause, charge.deaths(), charge.quarantine());
    }

    /** Lets time pass. */
    synchronized Passed pass(long nowNanos) {
        if (charges.isEmpty()) {
            return Passed.NOTHING;
        }
        Passed passed = new Passed(new ArrayList<>(), new ArrayList<>());
        charges.replaceAll((camera, before) -> {
            Charge after = before.at(nowNanos);
            if (before.isBlind() && !after.isBlind()) {
                passed.ended().add(news(camera, Cause.UNTRIED, before));
            } else if (before.stage() == Stage.LEFT_OUT && after.stage() == Stage.ON_TRIAL) {
                passed.tried().add(camera);
            }
            return after;
        });
        charges.values().removeIf(Charge::isForgotten);
        return passed;
    }

    /** Something else may have been to blame for all; returns those whose next look is their try. */
    synchronized List<String> reopenAll(long nowNanos) {
        return List.copyOf(charges.keySet()).stream()
                .filter(camera -> reopen(camera, nowNanos))
                .toList();
    }

    /** What was wrong with a camera may be mended; returns whether its next look is its try. */
    public synchronized boolean reopen(String camera, long nowNanos) {
        Optional<Charge> after =
                Optional.ofNullable(charges.remove(camera)).flatMap(charge -> charge.reopened(nowNanos));
        after.ifPresent(charge -> charges.put(camera, charge));
        return after.isPresent();
    }

    /** Nothing is known of this camera any more. */
    public synchronized void forget(String camera) {
        charges.remove(camera);
    }

    /**
     * Whether this camera is left out, and with it a look that comes.
     *
     * @param stream what it sends; asked only where that matters
     */
    public synchronized boolean isLeftOut(String camera, LongSupplier stream, long nowNanos) {
        @Nullable Charge charge = charges.get(camera);
        if (charge == null || charge.at(nowNanos).stage() != Stage.LEFT_OUT) {
            return false;
        }
        Charge now = charge.sending(stream.getAsLong());
        charges.put(camera, now);
        return now.at(nowNanos).stage() == Stage.LEFT_OUT;
    }

    /** Why nothing is done with this camera's pictures now, for people; empty when it is. */
    public Optional<String> refusal(String camera, long nowNanos) {
        return leftOut(
                camera,
                nowNanos,
                charge -> charge.deaths()
                        + " vision workers in a row ended while they had its pictures; it is tried again in "
                        + Duration.ofNanos(charge.untilNanos() - nowNanos).toSeconds() + " s");
    }

    private synchronized <T> Optional<T> leftOut(String camera, long nowNanos, Function<Charge, T> then) {
        return Optional.ofNullable(charges.get(camera))
                .map(charge -> charge.at(nowNanos))
                .filter(charge -> charge.stage() == Stage.LEFT_OUT)
                .map(then);
    }

    /**
     * Until when this camera is left out, steady clock; not after now while it is tried again; empty for one that is looked at
     * as any other.
     */
    public synchronized OptionalLong blindUntil(String camera, long nowNanos) {
        @Nullable Charge charge = charges.get(camera);
        Charge now = charge == null ? null : charge.at(nowNanos);
        return now == null || !now.isBlind() ? OptionalLong.empty() : OptionalLong.of(now.untilNanos());
    }
}
