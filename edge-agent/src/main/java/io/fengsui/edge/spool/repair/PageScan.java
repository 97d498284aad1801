package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Lane;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds records where no tree leads to them any more: looks at every page, and at every version of it in the log, for rows that
 * are records and fit their checksum (SQLite's file format, 1.5 and 1.6). Among them are rows that were deleted and whose pages
 * have not been used again; who asks names the positions that are missing. Looks when it is first asked. Memory: eight
 * bytes a row that it finds. Confined to the thread that uses it.
 */
final class PageScan implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageScan.class);

    /** No row is longer. */
    static final int MOST_BYTES = 16 << 20;

    private static final int PAGE = PageImages.PAGE;
    private static final int LEAF = 0x0A;
    private static final int INTERIOR = 0x02;
    private static final int LEAF_HEADER = 8;
    private static final int INTERIOR_HEADER = 12;
    /** What a page keeps of a row that does not fit: most and least (1.6, index trees). */
    private static final int MOST_LOCAL = (PAGE - 12) * 64 / 255 - 23;

    private static final int LEAST_LOCAL = (PAGE - 12) * 32 / 255 - 23;
    private static final int OVERFLOW = PAGE - 4;
    private static final int WAYS = 3;

    /** A place is an image and a cell of it; with the position before it one number, which sorts by position. */
    private static final int CELL_BITS = 7;

    private static final int PLACE_BITS = CELL_BITS + 22;
    private static final long MOST_POSITION = 1L << Long.SIZE - 1 - PLACE_BITS;

    private final @Nullable PageImages images;
    private long @Nullable [][] found;

    private PageScan(@Nullable PageImages images) {
        this.images = images;
    }

    /** Of a file that cannot be opened it is blind. */
    static PageScan of(Path file) {
        try {
            return new PageScan(PageImages.open(file));
        } catch (IOException e) {
            LOG.error("the damaged spool's pages cannot be looked at: file={} reason={}", file, e.toString());
            return new PageScan(null);
        }
    }

    /** Whether it does not look at all there is, so that nobody knows what it would have found. */
    boolean isBlind() {
        return images == null || images.isLogHidden();
    }

    /** Records from one position to another, both within, that are whole, in their order. */
    List<StoredRecord> between(Lane lane, long from, long to) {
        List<StoredRecord> records = new ArrayList<>();
        if (from >= MOST_POSITION) {
            return records;
        }
        long[] places = places(lane);
        int at = Arrays.binarySearch(places, from << PLACE_BITS);
        for (int i = at < 0 ? -at - 1 : at; i < places.length && position(places[i]) <= to; i++) {
            boolean isNew = records.isEmpty() || records.getLast().sequence() < position(places[i]);
            boolean isWanted = isNew || isStone(records.getLast());
            StoredRecord record = isWanted ? record(lane, places[i]) : null;
            if (record != null && isNew) {
                records.add(record);
            } else if (record != null && !isStone(record)) {
                records.set(records.size() - 1, record);
            }
        }
        return records;
    }

    /** What it stands for may still be found. */
    private static boolean isStone(StoredRecord record) {
        return record.importance() == Importance.GONE;
    }

    /** The first position of which there is a whole record; 0 for none. */
    long first(Lane lane) {
        long[] places = places(lane);
        for (long place : places) {
            if (record(lane, place) != null) {
                return position(place);
            }
        }
        return 0;
    }

    /** The last one; 0 for none. */
    long last(Lane lane) {
        long[] places = places(lane);
        for (int i = places.length - 1; i >= 0; i--) {
            if (record(lane, places[i]) != null) {
                return position(places[i]);
            }
        }
        return 0;
    }

    private static long position(long place) {
        return place >>> PLACE_BITS;
    }

    private long[] places(Lane lane) {
        long[][] all = found;
        if (all == null) {
            all = look();
            found = all;
        }
        return all[LaneCode.of(lane)];
    }

    private long[][] look() {
        List<Places> lanes = List.of(new Places(), new Places());
        PageImages from = images;
        for (int image = 0; from != null && image < from.count(); image++) {
            long place = (long) image << CELL_BITS;
            ByteBuffer page = from.read(image);
            int cells = page == null ? 0 : Math.min(1 << CELL_BITS, cells(page));
            for (int cell = 0; page != null && cell < cells; cell++) {
                StoredRow row = local(page, cell);
                Lane lane = row == null ? null : row.lane();
                if (row != null && lane != null && row.sequence() > 0 && row.sequence() < MOST_POSITION) {
                    lanes.get(LaneCode.of(lane)).add(row.sequence() << PLACE_BITS | place | cell);
                }
            }
        }
        return lanes.stream().map(Places::sorted).toArray(long[][]::new);
    }

    private static int cells(ByteBuffer page) {
        int type = page.get(0);
        return type == LEAF || type == INTERIOR ? page.getShort(3) & 0xFFFF : 0;
    }

    /** The beginning of a cell's row, and how long the row is: the page's bytes from there on. */
    private static @Nullable StoredRow local(ByteBuffer page, int cell) {
        ByteBuffer row = payload(page, cell);
        return row == null ? null : StoredRow.of(row);
    }

    private static @Nullable ByteBuffer payload(ByteBuffer page, int cell) {
        ByteBuffer at = cell(page, cell);
        try {
            if (at == null) {
                return null;
            }
            int local = local(StoredRow.varint(at));
            return local > at.remaining() ? null : at.slice(at.position(), local);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    /** From a cell's beginning, behind the page on its left, to the page's end. */
    private static @Nullable ByteBuffer cell(ByteBuffer page, int cell) {
        boolean isLeaf = page.get(0) == LEAF;
        int pointer = (isLeaf ? LEAF_HEADER : INTERIOR_HEADER) + 2 * cell;
        if (pointer + 2 > PAGE) {
            return null;
        }
        int begin = (page.getShort(pointer) & 0xFFFF) + (isLeaf ? 0 : 4);
        return begin < pointer || begin >= PAGE ? null : page.slice(begin, PAGE - begin);
    }

    /** How much of a row of this length lies in its cell. */
    private static int local(long length) {
        if (length <= MOST_LOCAL) {
            return (int) Math.max(0, length);
        }
        int kept = LEAST_LOCAL + (int) ((length - LEAST_LOCAL) % OVERFLOW);
        return kept <= MOST_LOCAL ? kept : LEAST_LOCAL;
    }

    private @Nullable StoredRecord record(Lane lane, long place) {
        PageImages from = images;
        int image = (int) (place >>> CELL_BITS) & PageImages.MOST - 1;
        ByteBuffer page = from == null ? null : from.read(image);
        if (from == null || page == null) {
            return null;
        }
        for (int way = 0; way < WAYS; way++) {
            ByteBuffer row = whole(from, image, page, (int) place & (1 << CELL_BITS) - 1, way);
            StoredRow read = row == null ? null : StoredRow.of(row);
            StoredRecord record = read == null ? null : read.whole();
            if (record != null && record.lane() == lane && record.sequence() == position(place)) {
                return record;
            }
        }
        return null;
    }

    /** A row with what lies in other pages. */
    private static @Nullable ByteBuffer whole(PageImages from, int image, ByteBuffer page, int cell, int way) {
        ByteBuffer at = cell(page, cell);
        if (at == null) {
            return null;
        }
        try {
            long length = StoredRow.varint(at);
            if (length < 1 || length > MOST_BYTES) {
                return null;
            }
            int local = local(length);
            ByteBuffer row = ByteBuffer.allocate((int) length);
            row.put(at.slice(at.position(), local));
            at.position(at.position() + local);
            int next = row.hasRemaining() ? at.getInt() : 0;
            while (row.hasRemaining()) {
                ByteBuffer more = from.read(from.beside(image, next, way));
                if (more == null) {
                    return null;
                }
                next = more.getInt();
                row.put(more.slice(4, Math.min(OVERFLOW, row.remaining())));
            }
            return row.flip();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        if (images != null) {
            images.close();
        }
    }

    @Override
    public String toString() {
        return String.valueOf(images);
    }

    /** A growing array. */
    private static final class Places {
        private long[] all = new long[1024];
        private int many;

        void add(long place) {
            if (many == all.length) {
                all = Arrays.copyOf(all, 2 * many);
            }
            all[many++] = place;
        }

        long[] sorted() {
            long[] sorted = Arrays.copyOf(all, many);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
