package io.fengsui.edge.app.shelf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.edge.gate.luma.LightRegime;
import io.fengsui.edge.gate.trust.EarnedTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sizes of each camera have earned, so that a restart of a full box costs seconds of close watching and not minutes.
 * What is lost here is earned again: the file is written without a flush, and what cannot be read is told and left out.
 * Thread-safe.
 */
public final class TrustShelf {
    private static final Logger LOG = LoggerFactory.getLogger(TrustShelf.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FILE = "trust-earned.json";
    private static final int VERSION = 1;
    /** Of 10,000 cameras by two lights. */
    private static final long MOST_BYTES = 4 << 20;

    private final Path file;
    private Map<String, List<EarnedTrust>> written = Map.of();
    private boolean isRefused;

    public TrustShelf(Path dataDirectory) {
        this.file = dataDirectory.resolve(FILE);
    }

    /** What was kept, by camera; empty when there is nothing that can be read. */
    public synchronized Map<String, List<EarnedTrust>> load() {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new IOException("it has " + size + " bytes, more than " + MOST_BYTES);
            }
            written = read(JSON.readTree(file.toFile()));
        } catch (NoSuchFileException e) {
            written = Map.of();
        } catch (IOException | IllegalArgumentException e) {
            String why = e instanceof JsonProcessingException broken ? broken.getOriginalMessage() : e.getMessage();
            LOG.warn("{} is left out, each camera's sizes earn their trust anew: {}", file, why);
            written = Map.of();
        }
        return written;
    }

    /** Keeps this for the next run. Told once when it cannot be. */
    public synchronized void save(Map<String, List<EarnedTrust>> earned) {
        if (earned.equals(written)) {
            return;
        }
        Path next = file.resolveSibling(FILE + ".next");
        try {
            Files.write(next, JSON.writeValueAsBytes(json(earned)));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = earned;
            isRefused = false;
        } catch (IOException e) {
            if (!isRefused) {
                LOG.warn("what cameras have earned will not survive a restart: {}", e.toString());
            }
            isRefused = true;
        }
    }

    private static Map<String, List<EarnedTrust>> read(JsonNode root) throws IOException {
        if (root.path("version").asInt() != VERSION) {
            throw new IOException("it is of version " + root.path("version").asText("none") + ", not " + VERSION);
        }
        Map<String, List<EarnedTrust>> all = new TreeMap<>();
        for (Map.Entry<String, JsonNode> camera : root.path("cameras").properties()) {
            List<EarnedTrust> earned = new ArrayList<>();
            for (JsonNode each : camera.getValue()) {
                earned.add(new EarnedTrust(
                        LightRegime.valueOf(each.path("light").asText()),
                        each.path("parameterSets").asLong(-1),
                        each.path("needed").asInt()));
            }
            all.put(camera.getKey(), List.copyOf(earned));
        }
        return all;
    }

    private static ObjectNode json(Map<String, List<EarnedTrust>> earned) {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("version", VERSION);
        ObjectNode cameras = root.putObject("cameras");
        earned.forEach((camera, all) -> {
            var list = cameras.putArray(camera);
            all.forEach(each -> list.addObject()
                    .put("light", each.light().name())
                    .put("parameterSets", each.parameterSets())
                    .put("needed", each.needed()));
        });
        return root;
    }
}
