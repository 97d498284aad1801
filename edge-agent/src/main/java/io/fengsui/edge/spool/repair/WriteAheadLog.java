package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.runtime.LogSum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * SQLite's log as it lies on the disk (its file format, 4.1 to 4.3). SQLite reads it up to the first frame that is not as it was
 * written, and takes what follows for never written. That is right for the transaction that was being written when the
 * power went, and for no other: each is synchronized before the next one begins, and the log's own header before any of them.
 * So where whole transactions follow a broken frame or header, the disk has lost what was there. Pure reading.
 */
final class WriteAheadLog {
    static final int HEADER = 32;
    static final int FRAME_HEADER = 24;
    static final int MAGIC = 0x377f0682;

    private static final int PAGE = SpoolSettings.PAGE_BYTES;
    private static final int FRAME = FRAME_HEADER + PAGE;
    private static final int SALT_AT = 16;
    private static final int FRAME_SALT_AT = 8;
    private static final int FRAME_SUM_AT = 16;
    private static final int SUMMED_OF_FRAME = 8;
    private static final int SUMMED_OF_HEADER = 24;
    /** The one that was being written may be whole behind its broken frame; a second cannot be. */
    private static final int TOO_MANY = 2;
    /** After so many frames of another log in a row nothing of this one comes any more. */
    private static final int MOST_FOREIGN = 256;

    private WriteAheadLog() {}

    /** The page's number in each frame, 0 in those that are not of this log; none where there is no log. */
    static int[] pages(FileChannel log, int most) throws IOException {
        Marks marks = marks(log);
        if (marks == null) {
            return new int[0];
        }
        int count = (int) Math.min(most, (log.size() - HEADER) / FRAME);
        int[] pages = new int[count];
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER);
        for (int i = 0; i < count; i++) {
            boolean isOurs =
                    read(log, frame.clear(), HEADER + (long) i * FRAME) && frame.getLong(FRAME_SALT_AT) == marks.salt();
            pages[i] = isOurs ? Math.max(0, frame.getInt(0)) : 0;
        }
        return pages;
    }

    /**
     * How many transactions there are.
     *
     * @param commits before the first frame that is not as it was written: those that SQLite reads
     * @param commitsBehind behind it
     * @param isBroken whether transactions that were synchronized are among the latter
     */
    record Content(int commits, int commitsBehind, boolean isBroken) {
        static final Content NOTHING = new Content(0, 0, false);
    }

    /** Whether transactions that were synchronized lie behind a place that is not as it was written. */
    static boolean isBroken(Path database) throws IOException {
        return look(database).isBroken();
    }

    static Path beside(Path database) {
        return database.resolveSibling(database.getFileName() + "-wal");
    }

    /** Throws when there is a log of which nothing can be known. */
    static Content look(Path database) throws IOException {
        try (FileChannel log = FileChannel.open(beside(database), StandardOpenOption.READ)) {
            Marks marks = marks(log);
            return marks == null ? Content.NOTHING : content(log, marks);
        } catch (NoSuchFileException e) {
            return Content.NOTHING;
        }
    }

    private static Content content(FileChannel log, Marks marks) throws IOException {
        Count count = new Count();
        walk(log, marks, count);
        // SQLite begins with the header: without it all of them lie behind a broken place.
        return marks.isTold()
                ? new Content(count.commits, count.commitsBehind, count.commitsBehind >= TOO_MANY)
                : new Content(0, count.commits + count.commitsBehind, count.commits + count.commitsBehind > 0);
    }

    /**
     * What the frames of a log are known by.
     *
     * @param seed what the checksum of the first frame goes on from
     * @param isTold whether the header says so; else they were guessed from the frames
     */
    record Marks(long salt, ByteOrder order, long seed, boolean isTold) {}

    /** Null when there is no log; throws when its beginning cannot be read and nothing is found behind it. */
    static @Nullable Marks marks(FileChannel log) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        IOException failure = null;
        try {
            if (log.read(header, 0) < HEADER) {
                return null;
            }
        } catch (IOException e) {
            failure = e;
        }
        ByteOrder order = (header.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long sum = header.getLong(SUMMED_OF_HEADER);
        if ((header.getInt(0) | 1) == (MAGIC | 1) && sum == LogSum.of(0, header, 0, SUMMED_OF_HEADER, order)) {
            return header.getInt(8) == PAGE ? new Marks(header.getLong(SALT_AT), order, sum, true) : null;
        }
        Marks guessed = guess(log, header);
        if (guessed == null && failure != null) {
            throw failure;
        }
        return guessed;
    }

    /** Those that most of the frames fit, when a transaction is among them: the header is damaged, and any part of it may be. */
    private static @Nullable Marks guess(FileChannel log, ByteBuffer header) throws IOException {
        Marks best = null;
        int most = 0;
        long[] salts = LongStream.of(header.getLong(SALT_AT), saltOf(log, 0), saltOf(log, 1))
                .distinct()
                .toArray();
        for (long salt : salts) {
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                long made = LogSum.of(0, header, 0, SUMMED_OF_HEADER, order);
                for (long seed : new long[] {header.getLong(SUMMED_OF_HEADER), made}) {
                    Marks marks = new Marks(salt, order, seed, false);
                    Count count = new Count();
                    walk(log, marks, count);
                    if (count.commits + count.commitsBehind > 0 && count.right > most) {
                        most = count.right;
                        best = marks;
                    }
                }
            }
        }
        return best;
    }

    private static long saltOf(FileChannel log, int frame) {
        ByteBuffer bytes = ByteBuffer.allocate(FRAME_HEADER);
        return read(log, bytes, HEADER + (long) frame * FRAME) ? bytes.getLong(FRAME_SALT_AT) : 0;
    }

    /** Takes the frames in their order, up to where nothing of this log comes any more. */
    interface Visitor {
        /**
         * @param page its number as the frame says it, 0 for a frame that is not of this log
         * @param size of the database in pages where a transaction ends, else 0
         * @param isRight whether it is as it was written
         * @param bytes of the page, to be copied
         */
        void visit(int page, int size, boolean isRight, ByteBuffer bytes) throws IOException;
    }

    static void walk(FileChannel log, Marks marks, Visitor visitor) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FRAME);
        long sum = marks.seed();
        int foreign = 0;
        for (long at = HEADER; at + FRAME <= log.size() && foreign < MOST_FOREIGN; at += FRAME) {
            boolean isOurs = read(log, frame.clear(), at) && frame.getLong(FRAME_SALT_AT) == marks.salt();
            foreign = isOurs ? 0 : foreign + 1;
            long told = frame.getLong(FRAME_SUM_AT);
            boolean isRight = isOurs && frame.getInt(0) > 0 && told == sumOf(frame, sum, marks.order());
            int page = isOurs ? Math.max(0, frame.getInt(0)) : 0;
            visitor.visit(page, isRight ? Math.max(0, frame.getInt(4)) : 0, isRight, frame.slice(FRAME_HEADER, PAGE));
            // What the frame says of itself is where the next one is to go on from, right or not.
            sum = isOurs ? told : sum;
        }
    }

    private static final class Count implements Visitor {
        private int right;
        private int commits;
        private int commitsBehind;
        private boolean isBroken;

        @Override
        public void visit(int page, int size, boolean isRight, ByteBuffer bytes) {
            right += isRight ? 1 : 0;
            isBroken |= !isRight;
            commits += size > 0 && !isBroken ? 1 : 0;
            commitsBehind += size > 0 && isBroken ? 1 : 0;
        }
    }

    private static boolean read(FileChannel log, ByteBuffer bytes, long at) {
        try {
            return log.read(bytes, at) == bytes.capacity();
        } catch (IOException e) {
            return false;
        }
    }

    /** Of a frame's first eight bytes and its page, as the frame goes on from the one before. */
    static long sumOf(ByteBuffer frame, long before, ByteOrder order) {
        return LogSum.of(LogSum.of(before, frame, 0, SUMMED_OF_FRAME, order), frame, FRAME_HEADER, PAGE, order);
    }
}
