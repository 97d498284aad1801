package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.SpoolSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * SQLite's log as it lies on the disk (its file format, 4.1 to 4.3). SQLite reads it up to the first frame that is not as it was
 * written, and takes what follows for never written. That is right for the transaction that was being written when the
 * power went, and for no other: each is synchronized before the next one begins. So where whole transactions follow a broken
 * frame, the disk has lost what was there. Pure reading.
 */
final class WriteAheadLog {
    static final int HEADER = 32;
    static final int FRAME_HEADER = 24;

    private static final int MAGIC = 0x377f0682;
    private static final int PAGE = SpoolSettings.PAGE_BYTES;
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

    /** The page's number in each frame, 0 in those that are not of this log; none where the header is not of a log. */
    static int[] pages(FileChannel log, int most) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (log.read(header, 0) < HEADER || !isHeader(header)) {
            return new int[0];
        }
        long salt = header.getLong(SALT_AT);
        int count = (int) Math.min(most, (log.size() - HEADER) / (FRAME_HEADER + PAGE));
        int[] pages = new int[count];
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER);
        for (int i = 0; i < count; i++) {
            frame.clear();
            try {
                boolean isWhole = log.read(frame, HEADER + (long) i * (FRAME_HEADER + PAGE)) == FRAME_HEADER;
                pages[i] = isWhole && frame.getLong(FRAME_SALT_AT) == salt ? Math.max(0, frame.getInt(0)) : 0;
            } catch (IOException e) {
                pages[i] = 0;
            }
        }
        return pages;
    }

    private static boolean isHeader(ByteBuffer header) {
        return (header.getInt(0) | 1) == (MAGIC | 1) && header.getInt(8) == PAGE;
    }

    /**
     * How many transactions there are.
     *
     * @param commits before the first frame that is not as it was written: those that SQLite reads
     * @param commitsBehind behind it
     */
    record Content(int commits, int commitsBehind) {
        static final Content NOTHING = new Content(0, 0);

        boolean isBroken() {
            return commitsBehind >= TOO_MANY;
        }
    }

    /** Whether transactions that were synchronized lie behind a frame that is not as it was written. */
    static boolean isBroken(Path database) throws IOException {
        return look(database).isBroken();
    }

    static Content look(Path database) throws IOException {
        Path file = database.resolveSibling(database.getFileName() + "-wal");
        if (!Files.exists(file)) {
            return Content.NOTHING;
        }
        try (FileChannel log = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            return log.read(header, 0) == HEADER && isHeader(header) ? content(log, header) : Content.NOTHING;
        }
    }

    private static Content content(FileChannel log, ByteBuffer header) throws IOException {
        long salt = header.getLong(SALT_AT);
        ByteOrder order = (header.getInt(0) & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long sum = header.getLong(SUMMED_OF_HEADER);
        if (sum != sum(0, header, 0, SUMMED_OF_HEADER, order)) {
            return Content.NOTHING;
        }
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + PAGE);
        boolean isBroken = false;
        int commits = 0;
        int commitsBehind = 0;
        int foreign = 0;
        for (long at = HEADER; at + frame.capacity() <= log.size() && foreign < MOST_FOREIGN; at += frame.capacity()) {
            boolean isOurs = read(log, frame.clear(), at) && frame.getLong(FRAME_SALT_AT) == salt;
            foreign = isOurs ? 0 : foreign + 1;
            long told = frame.getLong(FRAME_SUM_AT);
            boolean isRight = isOurs && told == sumOf(frame, sum, order);
            isBroken |= !isRight;
            boolean isCommit = isRight && frame.getInt(4) != 0;
            commits += isCommit && !isBroken ? 1 : 0;
            commitsBehind += isCommit && isBroken ? 1 : 0;
            // What the frame says of itself is where the next one is to go on from, right or not.
            sum = isOurs ? told : sum;
        }
        return new Content(commits, commitsBehind);
    }

    private static boolean read(FileChannel log, ByteBuffer frame, long at) {
        try {
            return log.read(frame, at) == frame.capacity();
        } catch (IOException e) {
            return false;
        }
    }

    private static long sumOf(ByteBuffer frame, long before, ByteOrder order) {
        return sum(sum(before, frame, 0, SUMMED_OF_FRAME, order), frame, FRAME_HEADER, PAGE, order);
    }

    /** Goes on with the checksum of 4.2 over bytes whose number is a multiple of eight; both halves in one. */
    private static long sum(long before, ByteBuffer bytes, int from, int many, ByteOrder order) {
        int first = (int) (before >>> Integer.SIZE);
        int second = (int) before;
        ByteBuffer ordered = bytes.duplicate().order(order);
        for (int at = from; at < from + many; at += Long.BYTES) {
            first += ordered.getInt(at) + second;
            second += ordered.getInt(at + Integer.BYTES) + first;
        }
        return (long) first << Integer.SIZE | second & 0xFFFFFFFFL;
    }
}
