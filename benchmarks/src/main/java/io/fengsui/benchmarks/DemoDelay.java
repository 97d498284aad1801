package io.fengsui.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** From what truly happened to its ticket, out of the verdicts of demonstrations that {@code scripts/bench} ran. */
final class DemoDelay {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoDelay() {}

    static List<Measure> measures(Path folder) throws IOException {
        Map<String, List<Double>> millis = new TreeMap<>();
        int runs = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                JsonNode verdict = JSON.readTree(file.toFile());
                if (!verdict.path("ok").asBoolean()) {
                    throw new IOException("the demonstration of " + file + " did not go well; it is no measure");
                }
                runs++;
                collect(verdict, millis);
            }
        }
        List<Measure> measures = new ArrayList<>();
        String conditions =
                runs + " runs of scripts/demo, wall clocks of one machine; the rule's own time is part of it: "
                        + "5 s of standing for an intrusion, 6 s for a vehicle, 10 s without pictures for a dead camera";
        millis.forEach((kind, all) -> {
            measures.add(Measure.rank("truth-to-ticket-p50-" + kind, 0.5, "ms", all, conditions));
            measures.add(Measure.rank("truth-to-ticket-p99-" + kind, 0.99, "ms", all, conditions));
        });
        return measures;
    }

    /** With one happening of a kind both percentiles are it; with two they are the two. */
    private static void collect(JsonNode verdict, Map<String, List<Double>> millis) {
        for (Map.Entry<String, JsonNode> kind :
                verdict.path("secondsFromTruthToTicket").properties()) {
            List<Double> all = millis.computeIfAbsent(kind.getKey(), _ -> new ArrayList<>());
            all.add(kind.getValue().path("p50").asDouble() * 1000);
            if (verdict.path("tickets").path(kind.getKey()).asInt() == 2) {
                all.add(kind.getValue().path("p99").asDouble() * 1000);
            }
        }
    }
}
