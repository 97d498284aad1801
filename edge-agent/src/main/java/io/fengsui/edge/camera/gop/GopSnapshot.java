package io.fengsui.edge.camera.gop;

import io.fengsui.edge.bitstream.Codec;

/**
 * Access units of one camera from a keyframe on, in decode order, none missing in between, all of one generation. Never
 * changes.
 *
 * <p>Each has one owner, who calls {@link #release} once; who hands it on, hands on that duty. Thread-safe.
 */
public sealed interface GopSnapshot permits ArenaSnapshot, KeptPictures {
    Codec codec();

    long generation();

    /** Index, within the generation, of the keyframe that it begins with. */
    long firstIndex();

    /** Access units in it. */
    int size();

    /**
     * Whether newer pictures exist that could not be kept, because one before them was lost, or memory was short: then the
     * last one here is not the newest.
     */
    boolean isBroken();

    /** Bytes of one access unit. */
    int bytes(int unit);

    /** Steady clock at the arrival of one access unit. */
    long arrivalNanos(int unit);

    /** Timestamp of one access unit, as {@link io.fengsui.edge.bitstream.AccessUnit#rtpTimestamp}. */
    long rtpTimestamp(int unit);

    /** A copy of one access unit, annex B. */
    byte[] annexB(int unit);

    /** The same pictures for one more owner. */
    GopSnapshot share();

    /** Gives the memory back, if this was the last owner. */
    void release();

    /** A copy that needs no release: for whoever may forget it. */
    default KeptPictures copy() {
        return KeptPictures.of(this);
    }

    default boolean isEmpty() {
        return size() == 0;
    }

    /** Index, within the generation, of the newest access unit. */
    default long lastIndex() {
        return firstIndex() + size() - 1;
    }

    /** Bytes of all access units. */
    default long bytes() {
        long sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += bytes(i);
        }
        return sum;
    }

    /** Steady clock at the arrival of the newest access unit. */
    default long arrivalNanos() {
        return arrivalNanos(size() - 1);
    }

    /** Whether both begin with the same keyframe, so that one of them is the beginning of the other. */
    default boolean isSameGroup(GopSnapshot other) {
        return generation() == other.generation() && firstIndex() == other.firstIndex();
    }
}
