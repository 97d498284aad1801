package io.fengsui.edge.camera;

import io.fengsui.edge.rtsp.CloseReason;
import io.fengsui.runtime.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a camera alone after a session ended: seconds for what heals by itself, minutes for refused
 * credentials (cameras lock an account for half an hour after five bad logins) and half a minute and more for a camera
 * that serves as many as it can.
 *
 * <p>Confined to the camera's event loop.
 */
final class RetryPolicy {
    private static final int MAX_DOUBLINGS = 10;

    private final Waits waits;
    private final RandomGenerator random;
    private final Backoff ordinary;
    private int refusals;
    private int busyAnswers;

    /**
     * First and longest waits. The ordinary ones have full jitter; the others are firm and get a tenth on top, because
     * jitter must not shorten them to nothing. {@code neighbour} is the longest wait after a neighbour came back.
     */
    record Waits(
            Duration first,
            Duration longest,
            Duration firstBusy,
            Duration longestBusy,
            Duration firstRefused,
            Duration longestRefused,
            Duration neighbour) {
        static final Waits USUAL = new Waits(
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofMillis(1500));
    }

    RetryPolicy(Waits waits, RandomGenerator random) {
        this.waits = waits;
        this.random = random;
        this.ordinary = new Backoff(waits.first(), waits.longest(), random);
    }

    /** The wait before the next try; counts one more failure. */
    Duration next(CloseReason reason) {
        if (isRefusal(reason)) {
            return firm(waits.firstRefused(), waits.longestRefused(), refusals++);
        }
        if (reason == CloseReason.BUSY) {
            return firm(waits.firstBusy(), waits.longestBusy(), busyAnswers++);
        }
        return ordinary.next();
    }

    /** Pictures came for a while: the next failure is the first again. */
    void onSuccess() {
        ordinary.reset();
        refusals = 0;
        busyAnswers = 0;
    }

    /** A neighbour is back: how soon to try, spread so that not all do it at once. What failed before does not count. */
    Duration afterNeighbour() {
        ordinary.reset();
        return Duration.ofNanos(random.nextLong(1 + waits.neighbour().toNanos()));
    }

    /** Whether a neighbour's return says anything about this camera: not when it refuses us, or serves others. */
    static boolean isHealedByPower(CloseReason reason) {
        return !isRefusal(reason) && reason != CloseReason.BUSY;
    }

    static boolean isRefusal(CloseReason reason) {
        return switch (reason) {
            case UNAUTHORIZED, CREDENTIALS_NEEDED, BASIC_NOT_ALLOWED, AUTHENTICATION_UNKNOWN -> true;
            case CLOSED,
                    UNKNOWN_HOST,
                    CONNECT_REFUSED,
                    CONNECT_TIMEOUT,
                    UNREACHABLE,
                    RESPONSE_TIMEOUT,
                    BUSY,
                    NOT_FOUND,
                    REFUSED,
                    TRANSPORT_REFUSED,
                    NO_KNOWN_VIDEO,
                    REDIRECT_REFUSED,
                    BAD_MESSAGE,
                    CONNECTION_LOST,
                    ENDED_BY_CAMERA,
                    INTERNAL -> false;
        };
    }

    private Duration firm(Duration first, Duration longest, int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        Duration capped = wait.compareTo(longest) > 0 ? longest : wait;
        return capped.plusNanos(random.nextLong(1 + capped.toNanos() / 10));
    }
}
