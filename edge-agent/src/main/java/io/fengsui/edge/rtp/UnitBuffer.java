package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.NalUnit;
import java.util.Arrays;

/**
 * The bytes of an access unit as annex B: units that are kept, then the one being appended to. Never larger than
 * {@link AccessUnit#MAX_BYTES}; what goes beyond is thrown away and the overflow remembered.
 */
final class UnitBuffer {
    private static final int FIRST_CAPACITY = 8 << 10;
    /** After an access unit larger than this the buffer is given back. */
    private static final int RETAINED_CAPACITY = 256 << 10;

    private byte[] bytes = new byte[0];
    private int kept;
    private int end;
    private boolean isOverflown;

    void beginUnit() {
        end = kept;
        if (reserve(AnnexB.START_CODE_LENGTH)) {
            end = AnnexB.putStartCode(bytes, end);
        }
    }

    void append(byte value) {
        if (reserve(1)) {
            bytes[end++] = value;
        }
    }

    void append(byte[] from, int offset, int length) {
        if (reserve(length)) {
            System.arraycopy(from, offset, bytes, end, length);
            end += length;
        }
    }

    boolean isOverflown() {
        return isOverflown;
    }

    byte[] bytes() {
        return bytes;
    }

    int unitOffset() {
        return kept + AnnexB.START_CODE_LENGTH;
    }

    int unitLength() {
        return end - unitOffset();
    }

    NalUnit unit() {
        return new NalUnit(bytes, unitOffset(), unitLength());
    }

    boolean unitHasStartCode() {
        return AnnexB.startCode(bytes, unitOffset(), end) >= 0;
    }

    void keepUnit() {
        kept = end;
    }

    void dropUnit() {
        end = kept;
    }

    int keptLength() {
        return kept;
    }

    void copyKept(byte[] into, int at) {
        System.arraycopy(bytes, 0, into, at, kept);
    }

    /** Forgets everything, so that a picture over the cap can be followed to its end without being kept. */
    void dropAll() {
        end = kept;
        dropKept();
    }

    /** Forgets the units kept; the one being appended to becomes the first. */
    void dropKept() {
        int unit = end - kept;
        if (unit > 0 && kept > 0) {
            System.arraycopy(bytes, kept, bytes, 0, unit);
        }
        kept = 0;
        end = unit;
        isOverflown = false;
        if (bytes.length > RETAINED_CAPACITY && unit < RETAINED_CAPACITY) {
            bytes = Arrays.copyOf(bytes, Math.max(FIRST_CAPACITY, unit));
        }
    }

    private boolean reserve(int more) {
        if (isOverflown || more > AccessUnit.MAX_BYTES - end) {
            isOverflown = true;
            return false;
        }
        if (end + more > bytes.length) {
            int doubled = Math.max(FIRST_CAPACITY, Math.min(AccessUnit.MAX_BYTES, 2 * bytes.length));
            bytes = Arrays.copyOf(bytes, Math.max(doubled, end + more));
        }
        return true;
    }
}
