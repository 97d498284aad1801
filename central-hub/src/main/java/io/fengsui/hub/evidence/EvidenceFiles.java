package io.fengsui.hub.evidence;

import io.fengsui.hub.intake.evidence.EvidenceRefusedException;
import io.fengsui.hub.intake.evidence.EvidenceStore;
import io.fengsui.hub.intake.evidence.StoredEvidence;
import io.fengsui.protocol.value.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Files by SHA-256. A file under its final name is complete, verified and durable: it was synced under another name and
 * renamed. What was received of an unfinished one is kept, and resumed. Thread-safe; of two transfers of one file the
 * newer goes on.
 */
public final class EvidenceFiles implements EvidenceStore {
    /** Largest file that is taken. */
    public static final long MAX_BYTES = 16L << 20;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path folder;
    private final ConcurrentMap<Sha256, FileTransfer> inTransfer = new ConcurrentHashMap<>();

    public EvidenceFiles(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for evidence cannot be made: " + folder, e);
        }
    }

    /** The complete file of this hash (lower-case hex); null when there is none. */
    public @Nullable Path find(String sha256) {
        Sha256 hash = new Sha256(sha256);
        Path file = finalPath(hash);
        return !hash.isNone() && Files.isRegularFile(file) ? file : null;
    }

    private Path finalPath(Sha256 hash) {
        return hash.isNone()
                ? folder
                : folder.resolve(hash.hex().substring(0, 2)).resolve(hash.hex());
    }

    private Path partialPath(Sha256 hash) {
        return folder.resolve(hash.hex() + ".part");
    }

    @Override
    public Transfer begin(StoredEvidence offered) {
        if (offered.sha256().isNone() || offered.size() < 1 || offered.size() > MAX_BYTES) {
            throw new EvidenceRefusedException(
                    "evidence has a hash and 1 to " + MAX_BYTES + " bytes, not " + offered.size());
        }
        // A transfer whose connection is dead holds its file until somebody notices: the newest one has it.
        FileTransfer old = inTransfer.remove(offered.sha256());
        if (old != null) {
            old.close();
        }
        try {
            FileTransfer transfer = new FileTransfer(offered.sha256(), offered.size());
            inTransfer.put(offered.sha256(), transfer);
            return transfer;
        } catch (IOException e) {
            throw new UncheckedIOException("evidence cannot be written", e);
        }
    }

    private final class FileTransfer implements Transfer {
        private final Sha256 hash;
        private final long size;
        private @Nullable FileChannel channel;
        private long offset;
        private boolean isComplete;
        private boolean isClosed;

        FileTransfer(Sha256 hash, long size) throws IOException {
            this.hash = hash;
            this.size = size;
            if (Files.isRegularFile(finalPath(hash))) {
                offset = size;
                isComplete = true;
                return;
            }
            FileChannel opened =
                    FileChannel.open(partialPath(hash), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = opened;
            offset = opened.size();
            if (offset >= size) {
                opened.truncate(0);
                offset = 0;
            }
            opened.position(offset);
        }

        @Override
        public synchronized long offset() {
            return offset;
        }

        @Override
        public synchronized boolean isComplete() {
            return isComplete;
        }

        @Override
        public synchronized void write(byte[] data) {
            if (isClosed) {
                throw new IllegalStateException("a newer transfer has this file");
            }
            if (isComplete || channel == null) {
                return;
            }
            if (offset + data.length > size) {
                throw new EvidenceRefusedException("more bytes than the " + size + " that were offered");
            }
            try {
                ByteBuffer buffer = ByteBuffer.wrap(data);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                offset += data.length;
                if (offset == size) {
                    finish(channel);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("evidence cannot be written", e);
            }
        }

        private void finish(FileChannel written) throws IOException {
            written.force(true);
            written.close();
            channel = null;
            if (!hashOf(partialPath(hash)).equals(hash)) {
                Files.deleteIfExists(partialPath(hash));
                throw new EvidenceRefusedException("the bytes do not have the hash that was offered");
            }
            Path target = finalPath(hash);
            Path shelf = folder.resolve(hash.hex().substring(0, 2));
            if (!Files.isDirectory(shelf)) {
                Files.createDirectories(shelf);
                sync(folder);
            }
            Files.move(partialPath(hash), target, StandardCopyOption.ATOMIC_MOVE);
            sync(shelf);
            isComplete = true;
        }

        @Override
        public synchronized void close() {
            if (isClosed) {
                return;
            }
            isClosed = true;
            inTransfer.remove(hash, this);
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("evidence cannot be closed", e);
            }
        }
    }

    /** A rename is durable once its folder is. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Sha256 hashOf(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return Sha256.of(digest.digest());
    }
}
