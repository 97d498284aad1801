package io.fengsui.rules.activity;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * From when to when one camera watched, to the second, over the last {@code KEPT}: hours alone cannot tell a short window from
 * the rest of its hour. Milliseconds of wall time; a clock that is set back forgets all. Confined.
 */
final class RecentSpans {
    static final Duration KEPT = Duration.ofHours(2);
    static final int MAX_SPANS = 128;

    /** Words come about once a second: what lies closer together was watched in between. */
    private static final long JOINED_MILLIS = 1_500;

    private final ArrayDeque<Span> spans = new ArrayDeque<>();
    private long since = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private record Span(long from, long to) {}

    /** Since when it is known to the second; before it there are the hours only. Never, if nothing was said. */
    long since() {
        return since;
    }

    /** A word at this time: the last so many milliseconds were watched, or not. */
    void account(long now, long watchedMillis) {
        if (now < last || since == Long.MAX_VALUE) {
            spans.clear();
            since = now - watchedMillis;
        }
        last = now;
        if (watchedMillis > 0) {
            long from = now - watchedMillis;
            Span before = spans.peekLast();
            boolean isJoined = before != null && from - before.to() <= JOINED_MILLIS;
            spans.addLast(isJoined ? new Span(spans.removeLast().from(), now) : new Span(from, now));
        }
        forget(now - KEPT.toMillis());
    }

    private void forget(long before) {
        since = Math.max(since, before);
        while (!spans.isEmpty() && (spans.getFirst().to() <= before || spans.size() > MAX_SPANS)) {
            since = Math.max(since, spans.removeFirst().to());
        }
    }

    /** Milliseconds watched between two times, of which neither lies before {@link #since}. */
    long watched(long from, long to) {
        return spans.stream()
                .mapToLong(span -> Math.max(0, Math.min(to, span.to()) - Math.max(from, span.from())))
                .sum();
    }
}
