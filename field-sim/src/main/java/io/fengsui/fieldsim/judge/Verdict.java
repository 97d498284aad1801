package io.fengsui.fieldsim.judge;

import io.fengsui.fieldsim.truth.Happening;
import io.fengsui.fieldsim.truth.TruthLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of each happening. Right when each became exactly one ticket. Pure.
 *
 * @param unplayed happenings that were planned and did not begin, because the run ended too early
 * @param unexpected tickets that belong to no happening
 */
public record Verdict(List<Outcome> outcomes, List<Happening> unplayed, List<TicketSeen> unexpected) {
    /** The clocks of two processes on one machine may be read in another order than things happened. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** One happening and its tickets. */
    public record Outcome(Happening happening, Instant begun, List<TicketSeen> tickets) {
        public boolean isRight() {
            return tickets.size() == 1;
        }

        double seconds() {
            return Duration.between(begun, tickets.getFirst().openedAt()).toMillis() / 1000.0;
        }
    }

    /** Times from truth to ticket of one kind. */
    public record Delay(double p50, double p99) {}

    public static Verdict of(List<TruthLine> truth, List<TicketSeen> tickets) {
        List<Outcome> outcomes = new ArrayList<>();
        Set<String> claimed = new HashSet<>();
        for (TruthLine line : truth) {
            if (line.phase() == TruthLine.Phase.BEGUN) {
                List<TicketSeen> own =
                        tickets.stream().filter(ticket -> belongs(ticket, line)).toList();
                own.forEach(ticket -> claimed.add(ticket.id()));
                outcomes.add(new Outcome(line.happening(), line.at(), own));
            }
        }
        List<TicketSeen> unexpected = tickets.stream()
                .filter(ticket -> !claimed.contains(ticket.id()))
                .toList();
        Set<String> played =
                outcomes.stream().map(outcome -> outcome.happening().id()).collect(Collectors.toSet());
        List<Happening> unplayed = truth.stream()
                .filter(line -> line.phase() == TruthLine.Phase.PLANNED)
                .map(TruthLine::happening)
                .filter(happening -> !played.contains(happening.id()))
                .toList();
        return new Verdict(outcomes, unplayed, unexpected);
    }

    private static boolean belongs(TicketSeen ticket, TruthLine line) {
        return ticket.kind().equals(line.happening().kind())
                && ticket.source().equals(line.happening().source())
                && !ticket.openedAt().isBefore(line.at().minus(SLACK));
    }

    /** Nothing scripted is nothing proven: a run without happenings is not right. */
    public boolean isRight() {
        return !outcomes.isEmpty() && unplayed.isEmpty() && outcomes.stream().allMatch(Outcome::isRight);
    }

    public Map<String, Delay> delays() {
        Map<String, List<Double>> seconds = new TreeMap<>();
        outcomes.stream()
                .filter(Outcome::isRight)
                .forEach(outcome -> seconds.computeIfAbsent(outcome.happening().kind(), kind -> new ArrayList<>())
                        .add(outcome.seconds()));
        Map<String, Delay> delays = new TreeMap<>();
        seconds.forEach((kind, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            delays.put(kind, new Delay(rank(sorted, 0.5), rank(sorted, 0.99)));
        });
        return delays;
    }

    /** The nearest-rank percentile. */
    private static double rank(List<Double> sorted, double part) {
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}
