package io.fengsui.edge.spool;

import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A spool's folder that nobody can lock: this is what every disk that takes nothing ends in. */
public final class TestingLock {
    private TestingLock() {}

    /** No file can be locked while a folder has its name; for a spool that is not open. */
    public static void shut(Path folder) throws IOException {
        Path lock = lock(folder);
        Files.deleteIfExists(lock);
        Files.createDirectory(lock);
    }

    /** The next attempt to lock it succeeds. */
    public static void open(Path folder) throws IOException {
        Files.delete(lock(folder));
    }

    /** And so much later that whoever waits makes an attempt. */
    public static void heal(Path folder, ManualTimeSource time) throws IOException {
        open(folder);
        time.advance(Duration.ofMinutes(1));
    }

    private static Path lock(Path folder) {
        return folder.resolve("spool.lock");
    }
}
