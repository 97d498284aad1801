package io.fengsui.edge.record;

import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.trial.Spot;
import io.fengsui.rules.trial.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recordings through other rules: what would have begun, beside what did. Findings of one rule and subject within {@link
 * #NEAR} of one another count as the same. Confined.
 */
public final class Replay {
    /** How far apart the same finding may lie. */
    public static final Duration NEAR = Duration.ofMinutes(1);

    private final RuleSet rules;
    private final Map<String, Spot> spots;
    private final List<Begun> was = new ArrayList<>();
    private final List<Begun> would = new ArrayList<>();
    private long pictures;
    private long readings;
    private @Nullable Timeline timeline;
    private Instant start = Instant.EPOCH;
    private Instant last = Instant.EPOCH;

    /** A finding that began or happened. */
    public record Begun(Instant at, String rule, String subject, Severity severity) {
        private String key() {
            return rule + "\n" + subject;
        }
    }

    /**
     * What came of it.
     *
     * @param lost what was found and would not be
     * @param won what was not found and would be
     */
    public record Result(
            Instant from,
            Instant to,
            long pictures,
            long readings,
            List<Begun> was,
            List<Begun> would,
            List<Begun> lost,
            List<Begun> won) {}

    public Replay(RuleSet rules, Map<String, Spot> spots) {
        this.rules = rules;
        this.spots = spots;
    }

    /** The next entry. */
    public void take(Entry entry) {
        Timeline line = timeline;
        if (line == null) {
            start = entry.at();
            last = start;
            line = new Timeline(rules, start, spots, this::tell);
            timeline = line;
        }
        // Clocks jump, timelines do not.
        last = entry.at().isBefore(last) ? last : entry.at();
        Duration at = Duration.between(start, last);
        switch (entry) {
            case Entry.Seen seen -> {
                pictures++;
                line.sighting(at, seen.camera(), seen.sighting());
            }
            case Entry.Read read -> {
                readings++;
                Reading r = read.reading();
                line.sample(
                        at,
                        new RuleInput.Sample(
                                new Reading(r.sensor(), r.quantity(), r.value(), r.unit(), r.quality(), line.at(at)),
                                read.isRetained()));
            }
            case Entry.Found found -> {
                if (isBeginning(found.change())) {
                    was.add(new Begun(found.at(), found.rule(), found.subject(), found.severity()));
                }
            }
        }
    }

    private void tell(Timeline.Told told) {
        if (isBeginning(told.finding().change())) {
            would.add(new Begun(
                    start.plus(told.at()),
                    told.rule(),
                    told.subject(),
                    told.finding().severity()));
        }
    }

    /** Findings so far, those that were and those that would be. */
    public int found() {
        return was.size() + would.size();
    }

    public Result result() {
        return new Result(
                start,
                last,
                pictures,
                readings,
                List.copyOf(was),
                List.copyOf(would),
                without(was, would),
                without(would, was));
    }

    /** What has nobody like it among the others, in the order of their times; each is like one other at most. */
    private static List<Begun> without(List<Begun> some, List<Begun> others) {
        Map<String, Deque<Begun>> waiting = new HashMap<>();
        sorted(others)
                .forEach(other -> waiting.computeIfAbsent(other.key(), _ -> new ArrayDeque<>())
                        .add(other));
        List<Begun> left = new ArrayList<>();
        for (Begun one : sorted(some)) {
            Deque<Begun> same = waiting.getOrDefault(one.key(), new ArrayDeque<>());
            while (!same.isEmpty() && same.getFirst().at().isBefore(one.at().minus(NEAR))) {
                same.removeFirst();
            }
            if (same.isEmpty() || same.getFirst().at().isAfter(one.at().plus(NEAR))) {
                left.add(one);
            } else {
                same.removeFirst();
            }
        }
        return List.copyOf(left);
    }

    private static List<Begun> sorted(List<Begun> begun) {
        return begun.stream().sorted(Comparator.comparing(Begun::at)).toList();
    }

    private static boolean isBeginning(Change change) {
        return change == Change.BEGUN || change == Change.HAPPENED;
    }
}
