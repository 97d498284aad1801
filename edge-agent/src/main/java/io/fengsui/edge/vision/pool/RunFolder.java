package io.fengsui.edge.vision.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a worker has its socket and unpacks its libraries, for this user only: below the data folder, or where that disk takes
 * nothing among temporary files, in a folder that goes with the worker.
 */
record RunFolder(Path path, boolean isTemporary) {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
    /** What a worker unpacks. */
    private static final long LEAST_BYTES = 64L << 20;

    static RunFolder choose(Path usual) throws IOException {
        try {
            makePrivate(usual);
            // A disk that is read-only, or without a free inode, refuses this.
            Files.delete(Files.createTempDirectory(usual, "probe"));
            if (Files.getFileStore(usual).getUsableSpace() >= LEAST_BYTES) {
                return new RunFolder(usual, false);
            }
            LOG.debug("less than {} bytes are left for what a worker unpacks: folder={}", LEAST_BYTES, usual);
        } catch (IOException e) {
            LOG.debug("a worker cannot have its files in the usual place: {}", e.toString());
        }
        return new RunFolder(Files.createTempDirectory("fengsui-run"), true);
    }

    private static void makePrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Removes a folder and all in it. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    /** The worker has ended. */
    void leave() {
        if (isTemporary) {
            try {
                remove(path);
            } catch (IOException e) {
                LOG.debug("a worker's temporary folder stays: {}", e.toString());
            }
        }
    }
}
