package io.fengsui.benchmarks.cameras.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody came by in front of a watched camera.
 *
 * @param isWhole whether the viewer was there from its beginning
 * @param begin seconds since 1970 at which the first picture of it was sent
 * @param end when the last one was; infinite while it goes on
 */
public record Truth(
        String camera,
        String stream,
        String kind,
        String size,
        String label,
        boolean isWhole,
        double begin,
        double end) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static List<Truth> read(Path file) throws IOException {
        Map<String, Truth> open = new HashMap<>();
        List<Truth> done = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.endsWith("}")) {
                continue; // still being written
            }
            JsonNode node = JSON.readTree(line);
            String camera = node.path("camera").asText();
            double at = node.path("at").asDouble();
            String phase = node.path("phase").asText();
            if (!phase.equals("end")) {
                open.put(
                        camera,
                        new Truth(
                                camera,
                                node.path("stream").asText(),
                                node.path("kind").asText(),
                                node.path("size").asText(),
                                node.path("label").asText(),
                                phase.equals("begin"),
                                at,
                                Double.POSITIVE_INFINITY));
            } else if (open.containsKey(camera)) {
                Truth begun = open.remove(camera);
                done.add(new Truth(
                        camera, begun.stream, begun.kind, begun.size, begun.label, begun.isWhole, begun.begin, at));
            }
        }
        done.addAll(open.values());
        return done;
    }
}
