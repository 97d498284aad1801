package io.fengsui.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * One figure.
 *
 * @param count how many single values it rests on
 * @param least least and greatest of them
 */
record Measure(String id, double value, String unit, double least, double greatest, int count, String conditions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The median of all values. */
    static Measure median(String id, String unit, List<Double> values, String conditions) {
        return rank(id, 0.5, unit, values, conditions);
    }

    /** The nearest-rank percentile of all values; their spread is least and greatest. */
    static Measure rank(String id, double part, String unit, List<Double> values, String conditions) {
        List<Double> sorted = values.stream().sorted().toList();
        double value = sorted.get((int) Math.ceil(part * sorted.size()) - 1);
        return new Measure(id, value, unit, sorted.getFirst(), sorted.getLast(), sorted.size(), conditions);
    }

    static Measure one(String id, double value, String unit, String conditions) {
        return new Measure(id, value, unit, value, value, 1, conditions);
    }

    Measure with(String otherConditions) {
        return new Measure(id, value, unit, least, greatest, count, otherConditions);
    }

    String row() {
        return String.format(
                Locale.ROOT, "%-44s %10.3f %-10s %10.3f %10.3f %6d", id, value, unit, least, greatest, count);
    }

    String json(String commit, String machine) {
        ObjectNode node = JSON.createObjectNode()
                .put("id", id)
                .put("value", rounded(value))
                .put("unit", unit);
        node.putArray("spread").add(rounded(least)).add(rounded(greatest));
        return node.put("n", count)
                .put("conditions", conditions)
                .put("commit", commit)
                .put("machine", machine)
                .toString();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
