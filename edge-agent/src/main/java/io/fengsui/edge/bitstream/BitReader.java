package io.fengsui.edge.bitstream;

/** Reads the RBSP of a NAL unit bit by bit, skipping emulation prevention bytes (ITU-T H.264, 7.2, 7.3.1, 9.1). */
final class BitReader {
    private static final int MAX_GOLOMB_ZEROS = 31;

    private final byte[] bytes;
    private final int end;
    private int next;
    private int zeros;
    private int current;
    private int bitsLeft;

    /** Starts behind the header byte of a NAL unit of H.264. */
    BitReader(NalUnit unit) {
        this(unit, 1);
    }

    BitReader(NalUnit unit, int headerBytes) {
        this.bytes = unit.bytes();
        this.next = unit.offset() + headerBytes;
        this.end = unit.offset() + unit.length();
    }

    boolean flag() throws MalformedBitstreamException {
        return bit() == 1;
    }

    int bits(int count) throws MalformedBitstreamException {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 1) | bit();
        }
        return value;
    }

    void skip(int count) throws MalformedBitstreamException {
        for (int i = 0; i < count; i++) {
            bit();
        }
    }

    /** ue(v), with a bound that the caller knows. */
    int unsigned(int max, String what) throws MalformedBitstreamException {
        long value = golomb();
        if (value > max) {
            throw new MalformedBitstreamException(what + " is " + value + ", over " + max);
        }
        return (int) value;
    }

    /** se(v). */
    long signed() throws MalformedBitstreamException {
        long code = golomb();
        return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
    }

    private long golomb() throws MalformedBitstreamException {
        int leadingZeros = 0;
        while (bit() == 0) {
            leadingZeros++;
            if (leadingZeros > MAX_GOLOMB_ZEROS) {
                throw new MalformedBitstreamException("an Exp-Golomb code has more than 31 leading zeros");
            }
        }
        return (1L << leadingZeros) - 1 + (bits(leadingZeros) & 0xFFFFFFFFL);
    }

    private int bit() throws MalformedBitstreamException {
        if (bitsLeft == 0) {
            current = nextByte();
            bitsLeft = 8;
        }
        bitsLeft--;
        return (current >> bitsLeft) & 1;
    }

    private int nextByte() throws MalformedBitstreamException {
        if (next < end && zeros >= 2 && bytes[next] == 3) {
            next++;
            zeros = 0;
        }
        if (next >= end) {
            throw new MalformedBitstreamException("ends too early");
        }
        int value = bytes[next++] & 0xFF;
        zeros = value == 0 ? zeros + 1 : 0;
        return value;
    }
}
