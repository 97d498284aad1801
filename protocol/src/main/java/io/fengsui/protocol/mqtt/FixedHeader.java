package io.fengsui.protocol.mqtt;

import java.io.IOException;
import java.util.Arrays;

/**
 * The two to five bytes with which every MQTT packet begins: its type, its flags, and how many bytes follow. Taken one by
 * one as they come, so that a packet can be refused before anybody makes an array of the size that it announces. Behind
 * the last byte of a header the next one begins. Confined to one thread. Source: MQTT 3.1.1 and 5, 2.1; MQTT 5, 1.5.5.
 */
public final class FixedHeader {
    public static final int MAX_BYTES = 5;
    /** What a length of four bytes can say. */
    public static final int MAX_LENGTH = 0x0fff_ffff;

    private static final int MORE = 0x80;
    private static final int LOW = 0x7f;
    private static final int BITS = 7;

    private final byte[] bytes = new byte[MAX_BYTES];
    private int taken;
    private boolean isWhole;

    /** Takes the next byte, 0 to 255; returns whether the header is whole with it. */
    public boolean take(int next) throws IOException {
        if (isWhole) {
            taken = 0;
        }
        bytes[taken++] = (byte) next;
        isWhole = taken > 1 && (next & MORE) == 0;
        if (!isWhole && taken == MAX_BYTES) {
            // Whoever reads on begins anew, and does not run over the end.
            isWhole = true;
            throw new IOException("the length of a packet has more than four bytes");
        }
        return isWhole;
    }

    /** Whether bytes of a header were taken that is not whole. */
    public boolean isBegun() {
        return taken > 0 && !isWhole;
    }

    /** Type and flags, once a byte was taken. */
    public int first() {
        return bytes[0] & 0xff;
    }

    /** As in the standard's table 2.1: 1 is CONNECT. */
    public int type() {
        return first() >> 4;
    }

    public int flags() {
        return first() & 0x0f;
    }

    /** How many bytes follow the header, once it is whole. */
    public int length() {
        return number(bytes, 1, taken);
    }

    /** Of the packet, header and all: at most 256 MiB and four bytes. */
    public int packetSize() {
        return taken + length();
    }

    /** What was taken of it. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, taken);
    }

    /** A number of seven bits a byte, the last ones first: at most four bytes from here to there. */
    public static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = to - 1; i >= from; i--) {
            number = number << BITS | bytes[i] & LOW;
        }
        return number;
    }

    /** The shortest header of such a packet. */
    public static byte[] of(int first, int length) {
        if (first < 0 || first > 0xff || length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("no packet begins with " + first + " and has " + length + " bytes");
        }
        byte[] header = new byte[MAX_BYTES];
        header[0] = (byte) first;
        int size = 1;
        int rest = length;
        for (; rest > LOW; rest >>= BITS) {
            header[size++] = (byte) (rest & LOW | MORE);
        }
        header[size++] = (byte) rest;
        return Arrays.copyOf(header, size);
    }
}
