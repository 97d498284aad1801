package io.fengsui.hub.intake.question;

import io.fengsui.protocol.link.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Questions to one edge each, that somebody waits for. Every one of them is answered, or completed with nothing. Thread-safe. */
final class OneQuestion {
    private final Map<UUID, Waiting> waiting = new HashMap<>();

    private record Waiting(String edge, Instant until, CompletableFuture<Answer.Finding> answer) {}

    synchronized boolean isFull(int most) {
        return waiting.size() >= most;
    }

    synchronized void put(UUID id, String edge, Instant until, CompletableFuture<Answer.Finding> answer) {
        waiting.put(id, new Waiting(edge, until, answer));
    }

    /** Returns whether it was one of these. */
    boolean answered(Answer answer) {
        Waiting one;
        synchronized (this) {
            one = waiting.remove(answer.question());
        }
        if (one != null) {
            one.answer.complete(answer.finding());
        }
        return one != null;
    }

    void left(String edge) {
        giveUp(one -> one.edge.equals(edge), "the edge is gone");
    }

    void tick(Instant now) {
        giveUp(one -> now.isAfter(one.until), "the edge did not answer in time");
    }

    private void giveUp(Predicate<Waiting> which, String why) {
        List<Waiting> given = new ArrayList<>();
        synchronized (this) {
            waiting.values().removeIf(one -> which.test(one) && given.add(one));
        }
        given.forEach(one -> one.answer.complete(new Answer.Nothing(why)));
    }

    static CompletableFuture<Answer.Finding> nothing(@Nullable String why) {
        return CompletableFuture.completedFuture(new Answer.Nothing(String.valueOf(why)));
    }
}
