package io.fengsui.edge.decide.why;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A ring of {@value #PER_SUBJECT} decisions for each of at most {@value #MAX_SUBJECTS} cameras and sensors; the same decision
 * said again makes the last one longer. {@link #note} on {@code decide}; {@link #around} on any thread.
 */
public final class DecisionLog {
    static final int PER_SUBJECT = 256;
    static final int MAX_SUBJECTS = 2048;

    private final Map<String, Deque<Decision>> bySubject = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * What one stage decided, from when until when, how often.
     *
     * @param who the rule, or empty
     */
    public record Decision(
            Instant from, Instant until, int times, String stage, String who, String code, String detail) {
        boolean isSame(String otherStage, String otherWho, String otherCode) {
            return stage.equals(otherStage) && who.equals(otherWho) && code.equals(otherCode);
        }
    }

    /** A stage decided something about a camera or sensor. */
    public synchronized void note(String subject, Instant at, String stage, String who, String code, String detail) {
        Deque<Decision> ring = bySubject.computeIfAbsent(subject, _ -> new ArrayDeque<>());
        Decision last = null;
        // What several rules say of one picture lies side by side: the last of this one is among the newest.
        int looked = 0;
        for (Iterator<Decision> newest = ring.descendingIterator(); newest.hasNext() && looked < 24; looked++) {
            Decision one = newest.next();
            if (one.stage().equals(stage) && one.who().equals(who)) {
                last = one;
                break;
            }
        }
        if (last != null && last.isSame(stage, who, code)) {
            ring.removeLastOccurrence(last);
            ring.addLast(new Decision(last.from(), at, last.times() + 1, stage, who, code, detail));
            return;
        }
        ring.addLast(new Decision(at, at, 1, stage, who, code, detail));
        if (ring.size() > PER_SUBJECT) {
            ring.removeFirst();
        }
        if (bySubject.size() > MAX_SUBJECTS) {
            bySubject.remove(bySubject.keySet().iterator().next());
        }
    }

    /** What was decided about it within so much time of a moment, oldest first. */
    public synchronized List<Decision> around(String subject, Instant at, Duration within) {
        Deque<Decision> ring = bySubject.getOrDefault(subject, new ArrayDeque<>());
        return ring.stream()
                .filter(d -> !d.from().isAfter(at.plus(within)) && !d.until().isBefore(at.minus(within)))
                .sorted(Comparator.comparing(Decision::from))
                .toList();
    }

    /** From when on decisions about it are known. */
    public synchronized Optional<Instant> since(String subject) {
        return Optional.ofNullable(bySubject.get(subject)).map(Deque::peekFirst).map(Decision::from);
    }
}
