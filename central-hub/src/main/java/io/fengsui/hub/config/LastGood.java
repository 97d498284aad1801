package io.fengsui.hub.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the last configuration that was good, in one file of the data folder: a line a file, path and content.
 * Replaced as a whole. Holds no secrets: those are named in it, not written.
 */
final class LastGood {
    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

    private final Path file;

    private LastGood(Path file) {
        this.file = file;
    }

    static LastGood of(Path data) {
        return new LastGood(data.resolve("last-good-configuration"));
    }

    void keep(Map<Path, byte[]> content) {
        List<String> lines = new ArrayList<>();
        Base64.Encoder encoder = Base64.getEncoder();
        new TreeMap<>(content)
                .forEach((path, bytes) -> lines.add(
                        encoder.encodeToString(path.toString().getBytes(UTF_8)) + " " + encoder.encodeToString(bytes)));
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("the good configuration could not be kept in {}: {}", file, e.toString());
        }
    }

    /** Empty when nothing was kept, or it cannot be read. */
    Map<Path, byte[]> read() {
        Map<Path, byte[]> content = new LinkedHashMap<>();
        Base64.Decoder decoder = Base64.getDecoder();
        try {
            for (String line : Files.readAllLines(file)) {
                int space = line.indexOf(' ');
                Path path = Path.of(new String(decoder.decode(line.substring(0, space)), UTF_8));
                content.put(path, decoder.decode(line.substring(space + 1)));
            }
            return content;
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the last good configuration is damaged: {}", file, e);
            return Map.of();
        }
    }
}
