package io.fengsui.hub.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Holds the data folder for one hub: two writers would each believe that the journal is theirs. */
final class DataLock implements AutoCloseable {
    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    static DataLock take(Path data) {
        Path file = data.resolve("hub.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StartFailedException(
                        "another hub runs on the data folder " + data + ": stop it, or name another folder (data)");
            }
            return new DataLock(channel);
        } catch (IOException e) {
            throw new StartFailedException(
                    "the data folder cannot be locked: " + file + " (" + e.getMessage() + ")", e);
        }
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
