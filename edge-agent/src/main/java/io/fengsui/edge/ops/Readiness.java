package io.fengsui.edge.ops;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * Whether the agent does its work, part by part. A box whose hub or camera is away is ready, with reasons: a watchdog
 * that restarted it would help nobody. Thread-safe.
 */
public final class Readiness {
    /** How a part is. */
    public enum Health {
        OK,
        /** Does its work as far as it can; the reason says what is missing. */
        DEGRADED,
        /** Does not do its work; the agent is not ready. */
        FAILED
    }

    /** How a part is, and why. */
    public record Check(Health health, String reason) {
        public static final Check OK = new Check(Health.OK, "");

        public static Check degraded(String reason) {
            return new Check(Health.DEGRADED, reason);
        }

        public static Check failed(String reason) {
            return new Check(Health.FAILED, reason);
        }
    }

    /** One line of the report. */
    public record Line(String part, Health health, String reason) {}

    private final Map<String, Supplier<Check>> checks = new ConcurrentSkipListMap<>();
    private volatile boolean isStarted;

    /** Asks {@code check} at every report; it must not block. */
    public void add(String part, Supplier<Check> check) {
        checks.put(part, check);
    }

    /** All parts have been started. */
    public void started() {
        isStarted = true;
    }

    /** Every part, in the order of their names. */
    public List<Line> report() {
        return checks.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Whether the start is complete and no part has failed. */
    public boolean isReady() {
        return isStarted && report().stream().noneMatch(line -> line.health() == Health.FAILED);
    }

    private static Line line(String part, Supplier<Check> supplier) {
        try {
            Check check = supplier.get();
            return new Line(part, check.health(), check.reason());
        } catch (RuntimeException e) {
            return new Line(
                    part,
                    Health.FAILED,
                    "the check itself failed: " + e.getClass().getSimpleName());
        }
    }
}
