package io.fengsui.benchmarks.cameras;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One measure as it is reported.
 *
 * @param least least and greatest of its single values
 * @param reach the figure to reach, null where there is none
 */
record Line(
        String id,
        double value,
        String unit,
        double least,
        double greatest,
        Map<String, Double> peers,
        @Nullable Reach reach,
        String conditions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param isMost whether less is better */
    record Reach(double value, boolean isMost) {
        static Reach atMost(double value) {
            return new Reach(value, true);
        }

        static Reach atLeast(double value) {
            return new Reach(value, false);
        }

        boolean isMetBy(double figure) {
            return isMost ? figure <= value : figure >= value;
        }
    }

    static Line one(String id, double value, String unit, @Nullable Reach reach, String conditions) {
        return new Line(id, value, unit, value, value, Map.of(), reach, conditions);
    }

    Line beside(Map<String, Double> others) {
        return new Line(id, value, unit, least, greatest, others, reach, conditions);
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-34s %10.3f %-12s %10s %-5s %s",
                id,
                value,
                unit,
                reach == null ? "" : String.format(Locale.ROOT, "%.3f", reach.value()),
                reach == null ? "" : reach.isMetBy(value) ? "met" : "NOT",
                peers.isEmpty() ? "" : peers);
    }

    String json(String commit, String machine) {
        ObjectNode node = JSON.createObjectNode().put("id", id);
        put(node, "value", value);
        node.put("unit", unit);
        node.putArray("spread").add(rounded(least)).add(rounded(greatest));
        ObjectNode others = node.putObject("peers");
        peers.forEach((name, figure) -> put(others, name, figure));
        if (reach != null) {
            node.put("reach", reach.value()).put("met", reach.isMetBy(value));
        }
        return node.put("conditions", conditions)
                .put("commit", commit)
                .put("machine", machine)
                .toString();
    }

    private static void put(ObjectNode node, String name, double figure) {
        if (Double.isFinite(figure)) {
            node.put(name, rounded(figure));
        } else {
            node.putNull(name);
        }
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Math.round(value * 1000) / 1000.0 : 0;
    }
}
