package io.fengsui.edge.rtp;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.NalUnit;

/**
 * The bytes of an access unit as annex B: units that are kept, then the one being appended to. Never larger than
 * {@link AccessUnit#MAX_BYTES}; what goes beyond is thrown away and the overflow remembered.
 *
 * <p>Small pictures fit into an array of its own; a larger one has an array that is {@link UnitMemory lent} for as long as
 * it is being put together, since of all cameras few are in the middle of a keyframe at a time. Event loop of the stream only.
 */
final class UnitBuffer {
    /** Times the bytes of a unit that goes on alone: an array as large as that was another picture's. */
    private static final int TOO_LARGE = 8;

    private byte[] own = new byte[0];
    private byte[] bytes = own;
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
        if (isLent() && (unit <= UnitMemory.SMALL_BYTES || bytes.length >= TOO_LARGE * unit)) {
            move(unit);
        }
    }

    private boolean isLent() {
        return bytes.length > UnitMemory.SMALL_BYTES;
    }

    private boolean reserve(int more) {
        if (isOverflown || more > AccessUnit.MAX_BYTES - end) {
            isOverflown = true;
            return false;
        }
        if (end + more > bytes.length) {
            move(end + more);
        }
        return true;
    }

    /** To another array, of so many bytes or more. */
    private void move(int least) {
        byte[] before = bytes;
        boolean wasLent = isLent();
        bytes = least <= UnitMemory.SMALL_BYTES ? own() : UnitMemory.lend(least);
        System.arraycopy(before, 0, bytes, 0, end);
        if (wasLent) {
            UnitMemory.giveBack(before);
        }
    }

    private byte[] own() {
        if (own.length == 0) {
            own = new byte[UnitMemory.SMALL_BYTES];
        }
        return own;
    }
}
