package io.fengsui.benchmarks.cameras;

import io.fengsui.benchmarks.cameras.load.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The agent's configuration: cameras of the generator, one zone over the whole picture, one rule that holds at the first sight. */
final class AgentPlan {
    static final String RULE = "presence";

    private AgentPlan() {}

    /**
     * What is watched.
     *
     * @param mode of the gate: auto, keyframe, every-5, all; or "blind" for no vision at all
     * @param rtsp port of the cameras
     * @param ops port of the agent's metrics
     */
    record Watched(String mode, int cameras, int rtsp, int ops) {}

    static Path write(Site site, Path folder, Path data, Watched watched) throws IOException {
        String mode = watched.mode();
        int cameras = watched.cameras();
        boolean isBlind = mode.equals("blind");
        String head = """
                edge: {id: edge-bench, site: bench}
                data-dir: %s
                hub: {address: "127.0.0.1:9"}
                ops: {listen: "127.0.0.1:%d"}
                vision: {enabled: %b, models: %s, model: %s, version: "1", workers: 1, infer-threads: 2,
                  input: 320x192}
                """.formatted(data, watched.ops(), !isBlind, site.models(), site.detector());
        String key = gateKey(site);
        String watch = isBlind ? "auto" : mode;
        String list = cameras == 0
                ? ""
                : "cameras:\n"
                        + IntStream.range(0, cameras)
                                .mapToObj(i -> camera(i, watched.rtsp(), key, watch))
                                .collect(Collectors.joining());
        String rules = cameras == 0
                ? ""
                : "rules:\n  - {id: " + RULE
                        + ", kind: safety.intrusion, severity: minor, picture: false, dwell: {zone:"
                        + " all, labels: [person, car, truck, bus], time: 0s, inertia: 1, exit-grace: 3s}}\n";
        return Files.writeString(folder.resolve("edge-agent.yaml"), head + list + rules);
    }

    private static String camera(int number, int rtsp, String key, String mode) {
        return """
                  - id: cam-%d
                    rtsp: {uri: "rtsp://127.0.0.1:%d/cam-%d"}
                    %s: %s
                    zones: [{id: all, polygon: [[0, 0], [1, 0], [1, 1], [0, 1]]}]
                """.formatted(number, rtsp, number, key, mode);
    }

    /** The key changed its name once; the reference that lies beside the agent knows. */
    private static String gateKey(Site site) throws IOException {
        Path reference = site.project().resolve("config/edge-agent.yaml");
        return Files.readString(reference).lines().anyMatch(line -> line.strip().startsWith("gate:"))
                ? "gate"
                : "watch";
    }
}
