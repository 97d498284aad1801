package io.fengsui.edge.decide.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Each rule's account of work. A rule that throws, whose condition cannot be evaluated again and again, or that takes more
 * time than one rule may is stopped until the rules are loaded anew; the others go on. Confined to {@code decide}.
 */
public final class RuleGuard {
    /** Time that a rule may take at once, before its account is empty. */
    public static final Duration ACCOUNT = Duration.ofSeconds(1);

    /** Share of the time that flows back into the account. */
    public static final double REFILL = 0.05;

    /** Failures on end that stop a rule. */
    public static final int MAX_FAILURES = 20;

    private static final int MAX_THROWS = 3;

    private final LongSupplier work;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, String> stopped = new LinkedHashMap<>();
    private final List<String> news = new ArrayList<>();

    private static final class Account {
        private long spentNanos;
        private long atNanos;
        private int failures;
        private int thrown;
    }

    /** @param work nanoseconds of work done by this thread so far */
    public RuleGuard(LongSupplier work) {
        this.work = work;
    }

    boolean isStopped(String rule) {
        return !stopped.isEmpty() && stopped.containsKey(rule);
    }

    /** Before an evaluation; what it answers goes to {@link #after}. */
    long before() {
        return work.getAsLong();
    }

    /**
     * After an evaluation.
     *
     * @param hasFailed whether its condition could not be evaluated
     */
    void after(String rule, long before, long nowNanos, boolean hasFailed) {
        long spent = work.getAsLong() - before;
        Account account = accounts.computeIfAbsent(rule, _ -> new Account());
        long refilled = (long) (Math.max(0, nowNanos - account.atNanos) * REFILL);
        account.spentNanos = Math.max(0, account.spentNanos - refilled) + Math.max(0, spent);
        account.atNanos = Math.max(account.atNanos, nowNanos);
        account.failures = hasFailed ? account.failures + 1 : 0;
        if (account.spentNanos > ACCOUNT.toNanos()) {
            stop(
                    rule,
                    "takes more time than a rule may: "
                            + Duration.ofNanos(account.spentNanos).toMillis() + " ms of work within seconds");
        } else if (account.failures >= MAX_FAILURES) {
            stop(
                    rule,
                    "its condition could not be evaluated " + MAX_FAILURES + " times on end: it divides by zero,"
                            + " or loops over more than its bound");
        }
    }

    /** After an evaluation that threw. */
    void thrown(String rule, Throwable e) {
        Account account = accounts.computeIfAbsent(rule, _ -> new Account());
        account.thrown++;
        if (account.thrown >= MAX_THROWS) {
            stop(rule, "failed " + account.thrown + " times: " + e);
        }
    }

    private void stop(String rule, String why) {
        if (stopped.putIfAbsent(rule, why) == null) {
            news.add(rule);
        }
    }

    /** Rules stopped since the last call, and why. */
    public Map<String, String> takeStopped() {
        if (news.isEmpty()) {
            return Map.of();
        }
        Map<String, String> taken = new LinkedHashMap<>();
        news.forEach(rule -> taken.put(rule, stopped.getOrDefault(rule, "")));
        news.clear();
        return taken;
    }

    /** All that are stopped. */
    public Set<String> allStopped() {
        return Set.copyOf(stopped.keySet());
    }

    /** How many are stopped. */
    public int stoppedCount() {
        return stopped.size();
    }
}
