package io.fengsui.edge.app.replay;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.edge.record.Entry;
import io.fengsui.edge.record.Replay;
import io.fengsui.edge.record.Segments;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.value.Checks;
import io.fengsui.rules.RuleSet;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import io.fengsui.settings.Problems;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays what this box recorded through rules that the hub sends, one replay at a time, on {@code replay}. Nothing of the
 * running agent changes. Progress is said every second; after {@link #LONGEST}, or
 * {@link #MOST_FOUND} findings, it is given up.
 */
public final class HubReplay implements AutoCloseable {
    static final Duration LONGEST = Duration.ofMinutes(5);
    /** Findings of one replay, so that rules on trial cannot take the memory of those that watch. */
    static final int MOST_FOUND = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(HubReplay.class);
    private static final long SAY_NANOS = 1_000_000_000L;

    private final ConfigurationStore store;
    private final TimeSource time;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            0, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), RoleThreads.factory("replay"));
    private final AtomicBoolean isBusy = new AtomicBoolean();

    public HubReplay(ConfigurationStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    /** A replay took too long, or the agent stops. */
    private static final class GivenUpException extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivenUpException(String message) {
            super(message);
        }
    }

    /** Any thread; the answers come on {@code replay}: any number of times progress, then what it came to. */
    public void start(Question.ReplayRules asked, Consumer<Answer.Finding> answers) {
        if (!isBusy.compareAndSet(false, true)) {
            answers.accept(new Answer.Nothing("another replay is under way; ask again when it is done"));
            return;
        }
        try {
            executor.execute(() -> {
                Answer.Finding found = run(asked, answers);
                isBusy.set(false);
                answers.accept(found);
            });
        } catch (RejectedExecutionException e) {
            answers.accept(new Answer.Nothing("the agent stops"));
        }
    }

    /** Whatever goes wrong is an answer. */
    Answer.Finding run(Question.ReplayRules asked, Consumer<Answer.Finding> answers) {
        try {
            Problems problems = new Problems();
            Optional<AgentSettings> read = store.withRules(asked.yaml(), problems);
            return read.isPresent()
                    ? replay(read.get(), asked, answers)
                    : new Answer.Nothing(shortened("the rules are not good: " + problems));
        } catch (IOException | GivenUpException e) {
            return new Answer.Nothing(shortened("the recordings could not be replayed: " + e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a replay for the hub failed", e);
            return new Answer.Nothing("the replay failed; the agent's log says why");
        }
    }

    private Answer.Finding replay(AgentSettings settings, Question.ReplayRules asked, Consumer<Answer.Finding> answers)
            throws IOException {
        RuleSet rules = RuleSet.compile(
                settings.rules(), settings.zones(), settings.decisions().modes());
        Replay replay = new Replay(rules, TrialSpots.of(settings));
        Pace pace = new Pace(asked.since(), time.wall(), time.steadyNanos(), answers);
        try (Segments segments = new Segments(settings.storage().recordDirectory(), Long.MAX_VALUE)) {
            Segments.Told told = segments.read(asked.since(), entry -> {
                pace.at(entry);
                replay.take(entry);
                if (replay.found() > MOST_FOUND) {
                    throw new GivenUpException("they come to more than " + MOST_FOUND
                            + " findings; make the rules stricter or replay a shorter time");
                }
            });
            LOG.info("replayed for the hub: entries={} since={}", told.entries(), asked.since());
            return told.entries() == 0
                    ? new Answer.Nothing("nothing is recorded since " + asked.since())
                    : answer(replay.result(), told);
        }
    }

    private static String shortened(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", " ");
        return clean.length() <= Checks.MAX_TEXT ? clean : clean.substring(0, Checks.MAX_TEXT);
    }

    /** Says how far it is, and stops what takes too long. */
    private final class Pace {
        private final Instant since;
        private final Instant until;
        private final long began;
        private final Consumer<Answer.Finding> answers;
        private long said;

        Pace(Instant since, Instant until, long began, Consumer<Answer.Finding> answers) {
            this.since = since;
            this.until = until;
            this.began = began;
            this.said = began;
            this.answers = answers;
        }

        void at(Entry entry) {
            long now = time.steadyNanos();
            if (now - began > LONGEST.toNanos() || Thread.currentThread().isInterrupted()) {
                throw new GivenUpException(
                        "given up after " + Duration.ofNanos(now - began).toSeconds() + " s");
            }
            if (now - said >= SAY_NANOS) {
                said = now;
                double whole = Math.max(1, Duration.between(since, until).toMillis());
                double done = Duration.between(since, entry.at()).toMillis() / whole;
                answers.accept(new Answer.Progress(Math.clamp(done, 0, 1)));
            }
        }
    }

    private static Answer.Replayed answer(Replay.Result result, Segments.Told told) {
        Map<String, int[]> counts = new TreeMap<>();
        result.would().forEach(begun -> counts.computeIfAbsent(begun.rule(), _ -> new int[2])[0]++);
        result.was().forEach(begun -> counts.computeIfAbsent(begun.rule(), _ -> new int[2])[1]++);
        List<Answer.Replayed.Rule> rules = counts.entrySet().stream()
                .limit(Answer.Replayed.MAX_RULES)
                .map(e -> new Answer.Replayed.Rule(e.getKey(), e.getValue()[0], e.getValue()[1]))
                .toList();
        List<Answer.Replayed.Difference> differences = new ArrayList<>();
        result.lost().forEach(begun -> differences.add(difference(false, begun)));
        result.won().forEach(begun -> differences.add(difference(true, begun)));
        int named = Math.min(differences.size(), Answer.Replayed.MAX_DIFFERENCES);
        return new Answer.Replayed(
                result.from(),
                result.to(),
                result.pictures(),
                result.readings(),
                told.damaged(),
                rules,
                differences.subList(0, named),
                differences.size() - named);
    }

    private static Answer.Replayed.Difference difference(boolean would, Replay.Begun begun) {
        return new Answer.Replayed.Difference(would, begun.at(), begun.rule(), begun.subject(), begun.severity());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
