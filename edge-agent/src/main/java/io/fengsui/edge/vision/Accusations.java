package io.fengsui.edge.vision;

import io.fengsui.edge.vision.Quarantine.Cause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Cameras that were in flight when a worker died. One that was there several times in a row, without a good result
 * between, is left out for a while, so that a poisonous stream cannot keep the others blind. What is returned is to be told.
 * Thread-safe.
 */
public final class Accusations {
    private final Map<String, Charge> charges = new HashMap<>();

    /** A worker died with a job of this camera. */
    synchronized Optional<Quarantine> accuse(String camera, long nowNanos) {
        @Nullable Charge before = charges.get(camera);
        Charge after =
                before == null ? Charge.first(nowNanos) : before.at(nowNanos).oneMore(nowNanos);
        charges.put(camera, after);
        boolean isNews = after.isBlind() && (before == null || !before.isBlind());
        return isNews ? Optional.of(new Quarantine(camera, Cause.WORKERS_CRASHED, after.deaths())) : Optional.empty();
    }

    /** A job of this camera ended well. */
    synchronized Optional<Quarantine> absolve(String camera) {
        @Nullable Charge before = charges.remove(camera);
        return before != null && before.isBlind()
                ? Optional.of(new Quarantine(camera, Cause.DECODED, before.deaths()))
                : Optional.empty();
    }

    /** Lets time pass. */
    synchronized List<Quarantine> pass(long nowNanos) {
        List<Quarantine> ended = new ArrayList<>();
        charges.replaceAll((camera, before) -> {
            Charge after = before.at(nowNanos);
            if (before.isBlind() && !after.isBlind()) {
                ended.add(new Quarantine(camera, Cause.UNTRIED, before.deaths()));
            }
            return after;
        });
        return ended;
    }

    /** Nothing is known of this camera any more. */
    public synchronized void forget(String camera) {
        charges.remove(camera);
    }

    /** Whether this camera is left out. */
    public synchronized boolean isQuarantined(String camera, long nowNanos) {
        @Nullable Charge charge = charges.get(camera);
        return charge != null && charge.at(nowNanos).stage() == Charge.Stage.LEFT_OUT;
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
