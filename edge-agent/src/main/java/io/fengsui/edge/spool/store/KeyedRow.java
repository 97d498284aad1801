package io.fengsui.edge.spool.store;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Checksums of rows that have a key and a value: rule states and live events. Pure. */
public final class KeyedRow {
    private KeyedRow() {}

    public static long crc(String key, byte[] value) {
        CRC32C sum = new CRC32C();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
        sum.update(value);
        return sum.getValue();
    }

    /** Whether the row is as it was written; one of an earlier version has no checksum. */
    public static boolean isIntact(String key, byte[] value, long crc) {
        return crc == StoredRecord.NO_CRC || crc == crc(key, value);
    }
}
