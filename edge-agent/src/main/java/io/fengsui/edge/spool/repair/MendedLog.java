package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.runtime.LogSum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Another log with what is right of a damaged one: the newest version of each page up to its last whole transaction, as one
 * transaction that SQLite reads. A page whose newest version is the damaged one is as it was before. Confined to the thread
 * that uses it.
 */
final class MendedLog {
    private static final int VERSION = 3_007_000;
    private static final int PAGE = SpoolSettings.PAGE_BYTES;

    /** The frame that has the newest version of each page. */
    private final Map<Integer, Integer> newest = new HashMap<>();

    /** Those of a transaction whose end has not come. */
    private final Map<Integer, Integer> pending = new HashMap<>();

    /** Frames and pages of what is not as it was written; 0 for a page that is not known. */
    private final List<int[]> bad = new ArrayList<>();

    private int frames;
    private int lastCommit = -1;
    private int pages;

    private MendedLog() {}

    /**
     * Writes it. Returns how many versions of pages are gone that no later one replaces, so that rows may be; null when there is
     * no whole transaction.
     *
     * @param damaged the database whose log it is
     * @param name the database's other name
     */
    static @Nullable Integer write(Path damaged, Path name) throws IOException {
        try (FileChannel log = FileChannel.open(WriteAheadLog.beside(damaged), StandardOpenOption.READ)) {
            WriteAheadLog.Marks marks = WriteAheadLog.marks(log);
            if (marks == null) {
                return null;
            }
            MendedLog mended = new MendedLog();
            WriteAheadLog.walk(log, marks, mended::see);
            if (mended.lastCommit < 0) {
                return null;
            }
            try (FileChannel to = FileChannel.open(
                    WriteAheadLog.beside(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                new Writer(to, mended, marks.salt()).copy(log, marks);
            }
            return mended.missing();
        }
    }

    private void see(int page, int size, boolean isRight, ByteBuffer bytes) {
        if (!isRight) {
            bad.add(new int[] {frames, page});
        } else {
            pending.put(page, frames);
        }
        if (size > 0) {
            newest.putAll(pending);
            pending.clear();
            lastCommit = frames;
            pages = size;
        }
        frames++;
    }

    private int missing() {
        return (int) bad.stream()
                .filter(frame -> frame[0] < lastCommit && newest.getOrDefault(frame[1], -1) < frame[0])
                .count();
    }

    /** Writes the frames that are wanted, in their order, with checksums of their own. */
    private static final class Writer {
        private final FileChannel to;
        private final NavigableSet<Integer> wanted;
        private final int pages;
        private final long salt;
        private long sum;
        private int at;

        Writer(FileChannel to, MendedLog log, long salt) throws IOException {
            this.to = to;
            this.wanted = new TreeSet<>(log.newest.values());
            this.pages = log.pages;
            this.salt = salt;
            ByteBuffer header = ByteBuffer.allocate(WriteAheadLog.HEADER);
            header.putInt(WriteAheadLog.MAGIC)
                    .putInt(VERSION)
                    .putInt(PAGE)
                    .putInt(0)
                    .putLong(salt);
            sum = LogSum.of(0, header, 0, header.position(), ByteOrder.LITTLE_ENDIAN);
            put(header.putLong(sum));
        }

        void copy(FileChannel log, WriteAheadLog.Marks marks) throws IOException {
            WriteAheadLog.walk(log, marks, this::take);
        }

        private void take(int page, int size, boolean isRight, ByteBuffer bytes) throws IOException {
            int frame = at++;
            if (!isRight || !wanted.contains(frame)) {
                return;
            }
            ByteBuffer made = ByteBuffer.allocate(WriteAheadLog.FRAME_HEADER + PAGE);
            made.putInt(page).putInt(frame == wanted.last() ? pages : 0).putLong(salt);
            made.put(WriteAheadLog.FRAME_HEADER, bytes, 0, PAGE);
            sum = WriteAheadLog.sumOf(made, sum, ByteOrder.LITTLE_ENDIAN);
            put(made.putLong(sum).position(made.capacity()));
        }

        private void put(ByteBuffer bytes) throws IOException {
            bytes.flip();
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        }
    }
}
