package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.SpoolSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of a spool as they lie on the disk, without SQLite: those of its database, and every version of them that its log
 * has (SQLite's file format, 1.2 and 4.1). Images are numbered: first the database's, then the log's frames in their order.
 * What cannot be read is no image. Confined to the thread that uses it.
 */
final class PageImages implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageImages.class);

    static final int PAGE = SpoolSettings.PAGE_BYTES;
    /** More than any spool has: 16 GiB. */
    static final int MOST = 1 << 22;

    private static final int FRAME = WriteAheadLog.FRAME_HEADER + PAGE;

    private final FileChannel database;
    private final @Nullable FileChannel log;
    private final int databasePages;
    /** The number of the page in each frame, 0 for a frame of another log. */
    private final int[] frames;

    private final boolean isLogHidden;

    private PageImages(
            FileChannel database, @Nullable FileChannel log, int databasePages, int[] frames, boolean isLogHidden) {
        this.database = database;
        this.log = log;
        this.databasePages = databasePages;
        this.frames = frames;
        this.isLogHidden = isLogHidden;
    }

    /** @param file the database; its log may lie beside it */
    static PageImages open(Path file) throws IOException {
        FileChannel database = FileChannel.open(file, StandardOpenOption.READ);
        FileChannel log = null;
        try {
            int pages = (int) Math.min(MOST / 2, database.size() / PAGE);
            int[] frames = {};
            boolean isLogHidden = false;
            try {
                log = FileChannel.open(WriteAheadLog.beside(file), StandardOpenOption.READ);
                frames = WriteAheadLog.pages(log, MOST / 2);
            } catch (NoSuchFileException e) {
                LOG.debug("there is no log: file={}", file);
            } catch (IOException e) {
                LOG.error("the damaged spool's log cannot be looked at: file={} reason={}", file, e.toString());
                isLogHidden = true;
            }
            return new PageImages(database, log, pages, frames, isLogHidden);
        } catch (IOException e) {
            database.close();
            if (log != null) {
                log.close();
            }
            throw e;
        }
    }

    /** Whether there is a log that cannot be looked at. */
    boolean isLogHidden() {
        return isLogHidden;
    }

    int count() {
        return databasePages + frames.length;
    }

    /** The number of the page that an image is of, from 1; 0 for none. */
    int pageOf(int image) {
        return image < databasePages ? image + 1 : frames[image - databasePages];
    }

    /** The image, or null when it cannot be read. */
    @Nullable
    ByteBuffer read(int image) {
        if (image < 0 || image >= count() || pageOf(image) == 0) {
            return null;
        }
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        try {
            FileChannel from = image < databasePages ? database : log;
            long at = image < databasePages
                    ? (long) image * PAGE
                    : WriteAheadLog.HEADER + (long) (image - databasePages) * FRAME + WriteAheadLog.FRAME_HEADER;
            return from != null && from.read(page, at) == PAGE ? page.flip() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * The image of another page that may belong to one: the log's newest up to it, else the log's next, else the database's. Which
     * one is right the checksum of what is put together tells.
     *
     * @param image what it is wanted for
     * @param way 0, 1, 2: which of these is taken first
     * @return -1 when there is none
     */
    int beside(int image, int page, int way) {
        int inDatabase = page >= 1 && page <= databasePages ? page - 1 : -1;
        int frame = image - databasePages;
        int before = way == 0 ? lastUpTo(Math.min(frame, frames.length - 1), page) : -1;
        if (before >= 0) {
            return databasePages + before;
        }
        int after = way == 1 ? firstFrom(Math.max(0, frame + 1), page) : -1;
        return after >= 0 ? databasePages + after : inDatabase;
    }

    private int lastUpTo(int frame, int page) {
        for (int i = frame; i >= 0; i--) {
            if (frames[i] == page) {
                return i;
            }
        }
        return -1;
    }

    private int firstFrom(int frame, int page) {
        for (int i = frame; i < frames.length; i++) {
            if (frames[i] == page) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        try (database) {
            if (log != null) {
                log.close();
            }
        }
    }

    @Override
    public String toString() {
        return databasePages + " pages and "
                + Arrays.stream(frames).filter(page -> page != 0).count() + " frames";
    }
}
