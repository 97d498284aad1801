package io.fengsui.benchmarks.cameras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.benchmarks.cameras.load.ProcessTree;
import io.fengsui.benchmarks.cameras.load.Site;
import io.fengsui.benchmarks.cameras.load.Started;
import io.fengsui.benchmarks.cameras.sight.Sighting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One of the peers, {@code ffmpeg} or {@code grabber}, in a process of its own: see {@link PeerMain}. */
final class PeerContender implements Contender {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Started peer;
    private final Path seen;

    private PeerContender(Started peer, Path seen) {
        this.peer = peer;
        this.seen = seen;
    }

    static PeerContender start(Site site, Path folder, String kind, int cameras, int rtsp) throws IOException {
        Path seen = folder.resolve("seen.jsonl");
        List<String> command = new ArrayList<>(site.command("benchmarks"));
        command.addAll(List.of(
                "peer",
                kind,
                Integer.toString(rtsp),
                Integer.toString(cameras),
                site.model().toString(),
                seen.toString()));
        return new PeerContender(new Started(command, folder, folder.resolve("peer.log")), seen);
    }

    @Override
    public ProcessTree tree() {
        return peer.tree();
    }

    @Override
    public boolean isAlive() {
        return peer.isAlive();
    }

    @Override
    public List<Sighting> sightings() throws IOException {
        List<Sighting> sightings = new ArrayList<>();
        if (Files.exists(seen)) {
            for (String line : Files.readAllLines(seen)) {
                if (line.endsWith("}")) {
                    JsonNode node = JSON.readTree(line);
                    double at = node.path("at").asDouble();
                    sightings.add(new Sighting(node.path("camera").asText(), at, at, at));
                }
            }
        }
        return sightings;
    }

    @Override
    public Map<String, Double> parts() {
        double own = peer.tree().ownCpu();
        return Map.of("parent", own, "children", peer.tree().cpu() - own);
    }

    @Override
    public void settle() {
        // Nothing is held back that could be let go of.
    }

    @Override
    public void close() {
        peer.close();
    }
}
