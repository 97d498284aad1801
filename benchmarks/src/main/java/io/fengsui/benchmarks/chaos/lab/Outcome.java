package io.fengsui.benchmarks.chaos.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.benchmarks.chaos.oracle.Judgement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of one part.
 *
 * @param promise its number, as in docs/robustness.md
 * @param part its name
 * @param injected how many faults there were
 * @param lost acknowledged and not there, or there with another payload, or without its ticket
 * @param doubled stored or told twice, or not issued by anybody
 * @param repeated messages that a broker delivered again and that became another event of the same ticket
 * @param recoveries seconds from the fault's end, or from the kill, until a fresh event was through
 * @param isMet whether the promise was kept
 * @param note what a reader should know
 */
public record Outcome(
        String promise,
        String part,
        long injected,
        long acknowledged,
        long lost,
        long doubled,
        long repeated,
        List<Double> recoveries,
        boolean isMet,
        String note) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLIS = 1000.0;

    public Outcome {
        recoveries = List.copyOf(recoveries);
    }

    /** As judged; {@code complaint} are further things that are wrong, or empty. */
    public static Outcome of(
            String promise, String part, long injected, Judgement judged, List<Double> recoveries, String complaint) {
        String said = judged.complaint() + complaint;
        return new Outcome(
                promise,
                part,
                injected,
                judged.acknowledged(),
                judged.losses(),
                judged.surplus(),
                judged.repeated().size(),
                recoveries,
                said.isEmpty(),
                said);
    }

    /** The same with something to be known beside. */
    public Outcome noting(String more) {
        return new Outcome(
                promise,
                part,
                injected,
                acknowledged,
                lost,
                doubled,
                repeated,
                recoveries,
                isMet,
                note.isEmpty() ? more : note + more);
    }

    /** Of two batches of one part. */
    public Outcome and(Outcome other) {
        String notes = Stream.of(note, other.note)
                .filter(text -> !text.isEmpty())
                .distinct()
                .reduce((one, two) -> one.contains(two) ? one : one + "; " + two)
                .orElse("");
        return new Outcome(
                promise,
                part,
                injected + other.injected,
                acknowledged + other.acknowledged,
                lost + other.lost,
                doubled + other.doubled,
                repeated + other.repeated,
                Stream.concat(recoveries.stream(), other.recoveries.stream()).toList(),
                isMet && other.isMet,
                notes);
    }

    /** Nearest rank; negative when nothing was measured. */
    public double recovery(double part) {
        List<Double> sorted = recoveries.stream().sorted().toList();
        return sorted.isEmpty() ? -1 : sorted.get((int) Math.max(0, Math.ceil(part * sorted.size()) - 1));
    }

    /** One line, from which it can be read again. */
    public ObjectNode json() {
        ObjectNode node = JSON.createObjectNode()
                .put("id", promise)
                .put("part", part)
                .put("injected", injected)
                .put("acknowledged", acknowledged)
                .put("lost", lost)
                .put("doubled", doubled)
                .put("repeated", repeated);
        ArrayNode seconds = node.putArray("recoveries_s");
        recoveries.forEach(one -> seconds.add(Math.round(one * MILLIS) / MILLIS));
        return node.put("met", isMet).put("note", note);
    }

    public static Outcome parse(String line) throws IOException {
        JsonNode node = JSON.readTree(line);
        List<Double> seconds = new ArrayList<>();
        node.path("recoveries_s").forEach(one -> seconds.add(one.asDouble()));
        return new Outcome(
                node.path("id").asText(),
                node.path("part").asText(),
                node.path("injected").asLong(),
                node.path("acknowledged").asLong(),
                node.path("lost").asLong(),
                node.path("doubled").asLong(),
                node.path("repeated").asLong(),
                seconds,
                node.path("met").asBoolean(),
                node.path("note").asText());
    }
}
