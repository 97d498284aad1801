package io.fengsui.hub.intake.question;

import io.fengsui.protocol.link.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Questions to one edge each, that somebody waits for. Every one of them is answered, or completed with nothing. Thread-safe. */
final class OneQuestion {
    private final Map<UUID, Waiting> waiting = new HashMap<>();

    private record Waiting(
            String edge, Instant until, CompletableFuture<Answer.Finding> answer, Consumer<Answer.Progress> progress) {}

    synchronized boolean isFull(int most) {
        return waiting.size() >= most;
    }

    synchronized void put(
            UUID id,
            String edge,
            Instant until,
            CompletableFuture<Answer.Finding> answer,
            Consumer<Answer.Progress> progress) {
        waiting.put(id, new Waiting(edge, until, answer, progress));
    }

    /** Returns whether it was one of these, asked of this edge. */
    boolean answered(String edge, Answer answer) {
        Waiting one;
        synchronized (this) {
            one = waiting.get(answer.question());
            if (one == null || !one.edge.equals(edge)) {
                return false;
            }
            if (!(answer.finding() instanceof Answer.Progress)) {
                waiting.remove(answer.question());
            }
        }
        if (answer.finding() instanceof Answer.Progress progress) {
            one.progress.accept(progress);
        } else {
            one.answer.complete(answer.finding());
        }
        return true;
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

    static CompletableFuture<Answer.Finding> nothing(String why) {
        return CompletableFuture.completedFuture(new Answer.Nothing(why));
    }
}
