package io.fengsui.edge.spool.repair;

import io.fengsui.edge.spool.store.Importance;
import io.fengsui.edge.spool.store.LaneCode;
import io.fengsui.edge.spool.store.StoredRecord;
import io.fengsui.protocol.Lane;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A row of the record table in SQLite's record format (its file format, 2.1): a header of varints that say what each column
 * is, then the columns. Takes any bytes. Pure.
 */
final class StoredRow {
    /** Of schema version 1; the two later ones are missing in its rows. */
    private static final int OLD_COLUMNS = 10;

    private static final int COLUMNS = 12;
    private static final int LONGEST_HEADER = 60;
    private static final int LONGEST_VARINT = 9;

    private static final int LANE = 0;
    private static final int SEQUENCE = 1;
    private static final int EVENT = 2;
    private static final int REVISION = 3;
    private static final int KIND = 4;
    private static final int CRC = 7;
    private static final int HASH = 8;
    private static final int BODY = 9;
    private static final int IMPORTANCE = 10;
    private static final int HASH_CRC = 11;

    private final ByteBuffer bytes;
    private final long[] types;
    private final int[] begins;

    private StoredRow(ByteBuffer bytes, long[] types, int[] begins) {
        this.bytes = bytes;
        this.types = types;
        this.begins = begins;
    }

    /** The row that begins here, or null when it is none of a record; its last columns may be elsewhere. */
    static @Nullable StoredRow of(ByteBuffer bytes) {
        try {
            ByteBuffer header = bytes.slice();
            long length = varint(header);
            if (length < OLD_COLUMNS + 1 || length > LONGEST_HEADER) {
                return null;
            }
            long[] types = new long[COLUMNS];
            int[] begins = new int[COLUMNS];
            long at = length;
            int columns = 0;
            while (header.position() < length) {
                if (columns == COLUMNS) {
                    return null;
                }
                types[columns] = varint(header);
                begins[columns] = (int) at;
                at += size(types[columns]);
                if (at > PageScan.MOST_BYTES || types[columns] < 0) {
                    return null;
                }
                columns++;
            }
            boolean isRecord = (columns == OLD_COLUMNS || columns == COLUMNS)
                    && isNumber(types[LANE])
                    && isNumber(types[SEQUENCE])
                    && isText(types[EVENT])
                    && isText(types[KIND])
                    && isNumber(types[CRC])
                    && isBlob(types[HASH])
                    && isBlob(types[BODY]);
            if (!isRecord || begins[EVENT] > header.limit()) {
                return null;
            }
            if (columns == OLD_COLUMNS) {
                types[IMPORTANCE] = -1;
                types[HASH_CRC] = -1;
            }
            return new StoredRow(bytes.slice(), types, begins);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static boolean isNumber(long type) {
        return type >= 1 && type <= 9 && type != 7;
    }

    private static boolean isText(long type) {
        return type >= 13 && (type & 1) == 1;
    }

    private static boolean isBlob(long type) {
        return type >= 12 && (type & 1) == 0;
    }

    private static long size(long type) {
        if (type >= 12) {
            return (type - 12) / 2;
        }
        return switch ((int) type) {
            case 1, 2, 3, 4 -> type;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> 0;
        };
    }

    /** Big-endian, seven bits a byte, eight in the ninth (1.6). */
    static long varint(ByteBuffer from) {
        long value = 0;
        for (int i = 1; i < LONGEST_VARINT; i++) {
            byte one = from.get();
            value = value << 7 | one & 0x7F;
            if (one >= 0) {
                return value;
            }
        }
        return value << 8 | from.get() & 0xFF;
    }

    /** The lane, or null when there is none of this number. */
    @Nullable
    Lane lane() {
        long code = number(LANE);
        Lane lane = LaneCode.lane((int) code);
        return LaneCode.of(lane) == code ? lane : null;
    }

    long sequence() {
        return number(SEQUENCE);
    }

    /** All of it, when all of it is there and fits its checksum. */
    @Nullable
    StoredRecord whole() {
        Lane lane = lane();
        int end = begins[BODY] + (int) size(types[BODY]);
        if (lane == null || end > bytes.limit()) {
            return null;
        }
        try {
            StoredRecord record = new StoredRecord(
                    lane,
                    sequence(),
                    text(EVENT),
                    (int) number(REVISION),
                    text(KIND),
                    types[IMPORTANCE] < 0 ? Importance.UNKNOWN : (int) number(IMPORTANCE),
                    blob(HASH),
                    blob(BODY),
                    number(CRC),
                    types[HASH_CRC] < 0 ? -1 : number(HASH_CRC));
            return record.verdict() == StoredRecord.Verdict.INTACT ? record : null;
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    private long number(int column) {
        if (types[column] == 8 || types[column] == 9) {
            return types[column] - 8;
        }
        int many = (int) size(types[column]);
        if (begins[column] + many > bytes.limit()) {
            return -1;
        }
        long value = many == 0 ? 0 : bytes.get(begins[column]);
        for (int i = 1; i < many; i++) {
            value = value << 8 | bytes.get(begins[column] + i) & 0xFF;
        }
        return value;
    }

    private byte[] blob(int column) {
        byte[] found = new byte[(int) size(types[column])];
        bytes.get(begins[column], found);
        return found;
    }

    private String text(int column) {
        return new String(blob(column), StandardCharsets.UTF_8);
    }
}
