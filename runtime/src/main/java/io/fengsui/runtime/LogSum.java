package io.fengsui.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The checksum by which SQLite knows what of its log was written as a whole (its file format, 4.2). Pure. */
public final class LogSum {
    private LogSum() {}

    /**
     * Goes on with the checksum over bytes whose number is a multiple of eight; both halves in one.
     *
     * @param order of the log's words, as the lowest bit of its magic number says it
     */
    public static long of(long before, ByteBuffer bytes, int from, int many, ByteOrder order) {
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
