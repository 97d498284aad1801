package io.fengsui.edge.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last picture of somebody in each zone that a rule asks about, one file each. It leaves the box only as the evidence of
 * an event. Thread-safe.
 */
final class KeptPictures {
    private static final Logger LOG = LoggerFactory.getLogger(KeptPictures.class);
    private static final int MAX_BYTES = 4 << 20;

    private final Path folder;

    KeptPictures(Path folder) {
        this.folder = folder;
    }

    /** Writes the picture over the one before when it comes; one that does not come changes nothing. */
    void keep(String name, CompletableFuture<byte[]> picture) {
        picture.whenComplete((bytes, failure) -> {
            if (failure != null || bytes.length == 0 || bytes.length > MAX_BYTES) {
                LOG.debug("no picture kept: name={}", name, failure);
                return;
            }
            try {
                Files.createDirectories(folder);
                Path unfinished = Files.createTempFile(folder, "kept", ".part");
                Files.write(unfinished, bytes);
                Files.move(unfinished, file(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                LOG.warn("picture could not be kept: name={} reason={}", name, e.toString());
            }
        });
    }

    /** Empty when there is none. */
    byte[] read(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** Names are ids of cameras and zones, which hold no separators. */
    private Path file(String name) {
        return folder.resolve(name.replace('/', '_') + ".jpg");
    }
}
