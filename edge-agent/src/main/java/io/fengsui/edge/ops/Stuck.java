package io.fengsui.edge.ops;

import io.fengsui.runtime.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Which of the threads that alarms depend on have ended, or got on with nothing for so long that they must hang. What is
 * away outside is no reason: a thread that waits for a disk, a broker or the hub goes on trying. Thread-safe.
 *
 * @param threads those of now; asked at each look, must not block
 * @param isExcused whether a thread of this name, which stands still, has a reason for it right now
 */
public record Stuck(Supplier<List<Progress>> threads, Predicate<String> isExcused) {
    /** Longer than anything takes that a thread does at one go, on a slow disk too. */
    public static final Duration LIMIT = Duration.ofMinutes(3);

    /** Whatever the reason. */
    public Stuck(Supplier<List<Progress>> threads) {
        this(threads, _ -> false);
    }

    /** What is to be said of each that does not work, by its name; empty when all do. */
    public List<String> words() {
        return threads.get().stream().flatMap(thread -> word(thread).stream()).toList();
    }

    /** The names of those that do not work. */
    public List<String> names() {
        return threads.get().stream()
                .filter(thread -> word(thread).isPresent())
                .map(Progress::thread)
                .toList();
    }

    private Optional<String> word(Progress thread) {
        if (thread.hasEnded()) {
            return Optional.of("the thread " + thread.thread() + " has ended");
        }
        Duration standing = thread.standing();
        return standing.compareTo(LIMIT) <= 0 || isExcused.test(thread.thread())
                ? Optional.empty()
                : Optional.of("the thread " + thread.thread() + " has stood still for " + standing.toSeconds() + " s");
    }
}
