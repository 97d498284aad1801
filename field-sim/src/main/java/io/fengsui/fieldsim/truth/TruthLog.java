package io.fengsui.fieldsim.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.protocol.value.Box;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The record of truth as JSON Lines, each line on its way to the disk at once. Thread-safe. */
public final class TruthLog implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedWriter writer;

    public TruthLog(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        this.writer = Files.newBufferedWriter(file);
    }

    public synchronized void append(TruthLine line) {
        try {
            writer.write(toJson(line));
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the record of truth", e);
        }
    }

    static String toJson(TruthLine line) throws JsonProcessingException {
        ObjectNode node = JSON.createObjectNode();
        Happening happening = line.happening();
        node.put("id", happening.id())
                .put("phase", line.phase().name().toLowerCase(Locale.ROOT))
                .put("at", line.at().toString())
                .put("sourceType", happening.sourceType())
                .put("source", happening.source())
                .put("kind", happening.kind())
                .put("zone", happening.zone());
        if (line.phase() == TruthLine.Phase.BEGUN) {
            node.put("viewers", line.viewers());
            ArrayNode boxes = node.putArray("boxes");
            line.boxes().forEach(labelled -> {
                Box box = labelled.box();
                boxes.addObject()
                        .put("seconds", labelled.seconds())
                        .put("label", labelled.label())
                        .put("left", box.left())
                        .put("top", box.top())
                        .put("right", box.right())
                        .put("bottom", box.bottom());
            });
        }
        return JSON.writeValueAsString(node);
    }

    /** Reads a record of truth back, without the boxes. */
    public static List<TruthLine> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<TruthLine> read = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                read.add(fromJson(lines.get(i)));
            } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
                throw new IOException(file + ":" + (i + 1) + ": no line of truth: " + e.getMessage(), e);
            }
        }
        return read;
    }

    private static TruthLine fromJson(String line) throws JsonProcessingException {
        JsonNode node = JSON.readTree(line);
        Happening happening = new Happening(
                node.path("id").asText(),
                node.path("sourceType").asText(),
                node.path("source").asText(),
                node.path("kind").asText(),
                node.path("zone").asText());
        return new TruthLine(
                happening,
                TruthLine.Phase.valueOf(node.path("phase").asText().toUpperCase(Locale.ROOT)),
                Instant.parse(node.path("at").asText()),
                node.path("viewers").asInt(),
                List.of());
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
