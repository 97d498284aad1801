package io.fengsui.edge.evidence;

import io.fengsui.protocol.value.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files named by the hash of what is in them. A file under its name is whole and on disk: written beside, synchronized,
 * renamed, its directory synchronized. Writes belong to {@code evidence}; reading and {@link #bytes} are thread-safe.
 */
public final class EvidenceFiles {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceFiles.class);
    private static final String UNFINISHED = ".part";
    private static final int HEX_LENGTH = 64;
    private static final int MOST_TOLD = 16;

    private final Path directory;
    private final AtomicLong bytes = new AtomicLong();
    /** Files that cannot be removed, and were told. */
    private final Set<Sha256> kept = new HashSet<>();

    /**
     * Removes unfinished files and counts the others; on a disk that takes nothing they stay, and nothing is stored. What cannot be
     * read of the folder is not counted.
     */
    public EvidenceFiles(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            LOG.warn("no picture can be stored: folder={} reason={}", directory, e.toString());
            return;
        }
        try (Stream<Path> files = Files.walk(directory, 2)) {
            files.filter(Files::isRegularFile).forEach(this::count);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("not all evidence files can be counted: folder={} reason={}", directory, e.toString());
        }
    }

    private void count(Path file) {
        if (file.toString().endsWith(UNFINISHED) && isRemoved(file)) {
            return;
        }
        try {
            bytes.addAndGet(Files.size(file));
        } catch (IOException e) {
            LOG.debug("an evidence file cannot be counted: {}", e.toString());
        }
    }

    Path directory() {
        return directory;
    }

    private static boolean isRemoved(Path unfinished) {
        try {
            Files.delete(unfinished);
            return true;
        } catch (IOException e) {
            LOG.debug("an unfinished file stays: {}", e.toString());
            return false;
        }
    }

    private Path path(Sha256 sha256) {
        return directory.resolve(sha256.hex().substring(0, 2)).resolve(sha256.hex());
    }

    /** Stores the content durably; the same content twice is one file. */
    Sha256 store(byte[] content) throws IOException {
        Sha256 sha256 = Sha256.hashOf(content);
        Path file = path(sha256);
        if (Files.exists(file) && Files.size(file) == content.length) {
            return sha256;
        }
        Path folder = directory.resolve(sha256.hex().substring(0, 2));
        if (!Files.isDirectory(folder)) {
            // Both, where the disk has taken nothing before.
            Files.createDirectories(folder);
            synchronizeDirectory(directory);
        }
        Path unfinished = folder.resolve(sha256.hex() + UNFINISHED);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        synchronizeDirectory(folder);
        bytes.addAndGet(content.length);
        return sha256;
    }

    private static void synchronizeDirectory(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    boolean exists(Sha256 sha256) {
        return Files.exists(path(sha256));
    }

    /** Whether it is known that there is none: a folder that cannot be looked at says nothing. */
    boolean isMissing(Sha256 sha256) {
        return Files.notExists(path(sha256));
    }

    /** Opens a file for reading; empty when it is gone. */
    public Optional<FileChannel> open(Sha256 sha256) {
        try {
            return Optional.of(FileChannel.open(path(sha256), StandardOpenOption.READ));
        } catch (IOException e) {
            LOG.warn("evidence file cannot be read: sha256={} reason={}", sha256, e.toString());
            return Optional.empty();
        }
    }

    /** Removes a file; whether it is gone. */
    boolean delete(Sha256 sha256) {
        Path file = path(sha256);
        try {
            long size = Files.size(file);
            Files.delete(file);
            bytes.addAndGet(-size);
            kept.remove(sha256);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            if (kept.size() < MOST_TOLD && kept.add(sha256)) {
                LOG.warn("an evidence file cannot be removed: sha256={} reason={}", sha256, e.toString());
            }
            return false;
        }
    }

    /** Bytes that the file system has left for this process. */
    long usable() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Removes files that no row knows any more; returns how many. */
    int sweep(Set<String> known) throws IOException {
        int removed = 0;
        try (Stream<Path> found = Files.walk(directory, 2)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.length() == HEX_LENGTH && !known.contains(name)) {
                    bytes.addAndGet(-Files.size(file));
                    Files.delete(file);
                    removed++;
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return removed;
    }

    /** Bytes of all files. */
    public long bytes() {
        return bytes.get();
    }
}
