package io.fengsui.benchmarks;

import io.fengsui.runtime.RoleThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder on the disk that is measured, gone afterwards, also when the measure is interrupted. */
public record Scratch(Path folder) implements AutoCloseable {
    /** @param name what its own begins with */
    public static Scratch make(String name) throws IOException {
        Scratch scratch = new Scratch(Files.createTempDirectory(name));
        Runtime.getRuntime().addShutdownHook(RoleThreads.named("scratch", scratch::leave));
        return scratch;
    }

    private void leave() {
        try {
            close();
        } catch (IOException | UncheckedIOException e) {
            System.err.println(folder + " stays: " + e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
