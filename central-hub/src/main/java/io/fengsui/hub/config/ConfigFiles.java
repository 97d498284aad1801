package io.fengsui.hub.config;

import io.fengsui.hub.grid.place.AreaFiles;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import io.fengsui.settings.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files that a configuration is made of, by path: read from disk, or as they once were. Confined to one thread. */
final class ConfigFiles {
    private final Map<Path, byte[]> bytes = new LinkedHashMap<>();
    private final boolean isFromDisk;
    private final Function<String, @Nullable String> environment;

    private ConfigFiles(Map<Path, byte[]> known, boolean isFromDisk, Function<String, @Nullable String> environment) {
        bytes.putAll(known);
        this.isFromDisk = isFromDisk;
        this.environment = environment;
    }

    static ConfigFiles onDisk(Function<String, @Nullable String> environment) {
        return new ConfigFiles(Map.of(), true, environment);
    }

    static ConfigFiles asOnce(Map<Path, byte[]> known, Function<String, @Nullable String> environment) {
        return new ConfigFiles(known, false, environment);
    }

    Optional<MapReader> open(Path file, Problems problems) {
        Path path = file.toAbsolutePath().normalize();
        Optional<byte[]> content = content(file, SettingsFile.MAX_BYTES, problems);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Path folder = path.getParent();
        return SettingsFile.parse(
                file.toString(), folder == null ? Path.of("/") : folder, content.get(), environment, problems);
    }

    /** A file of areas, as it is. */
    Optional<byte[]> bytes(Path file, Problems problems) {
        return content(file, AreaFiles.MAX_BYTES, problems);
    }

    private Optional<byte[]> content(Path file, int cap, Problems problems) {
        Path path = file.toAbsolutePath().normalize();
        byte[] content = bytes.get(path);
        if (content == null && isFromDisk) {
            content = read(file, path, cap, problems);
        } else if (content == null) {
            problems.add(Where.file(file.toString()), Problem.Code.FILE, "was not kept", "");
        }
        return Optional.ofNullable(content);
    }

    private byte @Nullable [] read(Path file, Path path, int cap, Problems problems) {
        try {
            // To open a pipe is to wait for who writes into it.
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                problems.add(
                        Where.file(file.toString()),
                        Problem.Code.FILE,
                        "is a folder, a pipe or a device",
                        "the path of a file");
                return null;
            }
            if (Files.size(path) > cap) {
                problems.add(
                        Where.file(file.toString()),
                        Problem.Code.FILE,
                        "has more than " + cap + " bytes",
                        "a smaller file");
                return null;
            }
            byte[] content = Files.readAllBytes(path);
            bytes.put(path, content);
            return content;
        } catch (IOException e) {
            problems.add(
                    Where.file(file.toString()),
                    Problem.Code.FILE,
                    "cannot be read (" + e.getClass().getSimpleName() + ")",
                    "the path of a file that is there and may be read");
            return null;
        }
    }

    /** What was read so far. */
    Map<Path, byte[]> content() {
        return Map.copyOf(bytes);
    }
}
