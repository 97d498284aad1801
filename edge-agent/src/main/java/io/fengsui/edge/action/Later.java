package io.fengsui.edge.action;

import java.util.ArrayList;
import java.util.List;

/** What is tried again, what waits for a device's word, and what ends by itself. Bounded by what the queue lets in. Confined to {@code action}. */
final class Later {
    private static final int MAX_KEPT = 1024;

    private final List<Timed> again = new ArrayList<>();
    private final List<Timed> unconfirmed = new ArrayList<>();
    private final List<Timed> ending = new ArrayList<>();

    private record Timed(Due due, String topic, long atNanos) {}

    void again(Due due, long atNanos) {
        if (again.size() < MAX_KEPT) {
            again.add(new Timed(due, "", atNanos));
        }
    }

    void awaitConfirmation(Due due, String topic, long untilNanos) {
        if (unconfirmed.size() < MAX_KEPT) {
            unconfirmed.add(new Timed(due, topic, untilNanos));
        }
    }

    /** Ends by itself then; what was begun of the same thing before has no end of its own any more. */
    void endsAt(Due due, String thing, long atNanos) {
        ending.removeIf(timed -> timed.topic().equals(thing));
        if (ending.size() < MAX_KEPT) {
            ending.add(new Timed(due, thing, atNanos));
        }
    }

    List<Due> takeEnded(long nowNanos) {
        return take(ending, nowNanos);
    }

    void forget(Due due) {
        unconfirmed.removeIf(timed -> timed.due().equals(due));
    }

    /** The oldest that waited for this topic: a device answers in the order in which it was told. */
    List<Due> confirmed(String topic) {
        for (int i = 0; i < unconfirmed.size(); i++) {
            if (unconfirmed.get(i).topic().equals(topic)) {
                return List.of(unconfirmed.remove(i).due());
            }
        }
        return List.of();
    }

    List<Due> takeUnconfirmed(long nowNanos) {
        return take(unconfirmed, nowNanos);
    }

    List<Due> takeDue(long nowNanos) {
        return take(again, nowNanos);
    }

    private static List<Due> take(List<Timed> from, long nowNanos) {
        if (from.isEmpty()) {
            return List.of();
        }
        List<Due> taken = from.stream()
                .filter(timed -> timed.atNanos() <= nowNanos)
                .map(Timed::due)
                .toList();
        from.removeIf(timed -> timed.atNanos() <= nowNanos);
        return taken;
    }

    long waitNanos(long nowNanos, long longest) {
        long next = nowNanos + longest;
        for (Timed timed : again) {
            next = Math.min(next, timed.atNanos());
        }
        for (Timed timed : unconfirmed) {
            next = Math.min(next, timed.atNanos());
        }
        for (Timed timed : ending) {
            next = Math.min(next, timed.atNanos());
        }
        return Math.max(1_000_000L, next - nowNanos);
    }
}
