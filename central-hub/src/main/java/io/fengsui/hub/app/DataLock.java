package io.fengsui.hub.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Holds the data folder for one hub: two writers would each believe that the journal is theirs. */
final class DataLock implements AutoCloseable {
    private static final int NAME_BYTES = 36;

    private final FileChannel channel;
    private final String owner;

    private DataLock(FileChannel channel, String owner) {
        this.channel = channel;
        this.owner = owner;
    }

    /** The name of the hub that has this folder: the same after a restart, another one for another folder. */
    String owner() {
        return owner;
    }

    static DataLock take(Path data) {
        Path file = data.resolve("hub.lock");
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartFailedException(
                        "another hub runs on the data folder " + data + ": stop it, or name another folder (data)");
            }
            return new DataLock(channel, name(channel));
        } catch (IOException e) {
            throw new StartFailedException(
                    "the data folder cannot be locked: " + file + " (" + e.getMessage() + ")", e);
        }
    }

    private static String name(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(NAME_BYTES);
        channel.read(bytes, 0);
        if (!bytes.hasRemaining()) {
            return new String(bytes.array(), US_ASCII);
        }
        String fresh = UUID.randomUUID().toString();
        channel.write(ByteBuffer.wrap(fresh.getBytes(US_ASCII)), 0);
        channel.force(true);
        return fresh;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another hub of this process
        }
    }

    /** Closing the file lets go of the lock; the file stays, for its name is not the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
