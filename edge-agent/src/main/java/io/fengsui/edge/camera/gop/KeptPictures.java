package io.fengsui.edge.camera.gop;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import java.util.ArrayList;
import java.util.List;

/** Access units on the heap, outside every budget: for few, for short, or for whoever cannot say when it is done. */
public final class KeptPictures implements GopSnapshot {
    /** No pictures at all. */
    public static final KeptPictures NONE = new KeptPictures(Codec.H264, 0, 0, false, List.of());

    @SuppressWarnings("ArrayRecordComponent") // never changed, never compared
    private record Unit(byte[] annexB, long arrivalNanos, long rtpTimestamp) {}

    private final Codec codec;
    private final long generation;
    private final long firstIndex;
    private final boolean isBroken;
    private final List<Unit> units;

    private KeptPictures(Codec codec, long generation, long firstIndex, boolean isBroken, List<Unit> units) {
        this.codec = codec;
        this.generation = generation;
        this.firstIndex = firstIndex;
        this.isBroken = isBroken;
        this.units = List.copyOf(units);
    }

    /** Of access units whose bytes nobody changes. */
    public static KeptPictures of(List<AccessUnit> units) {
        if (units.isEmpty()) {
            return NONE;
        }
        AccessUnit first = units.getFirst();
        return new KeptPictures(
                first.codec(),
                first.generation(),
                first.index(),
                false,
                units.stream()
                        .map(unit -> new Unit(unit.annexB(), unit.arrivalNanos(), unit.rtpTimestamp()))
                        .toList());
    }

    static KeptPictures of(GopSnapshot other) {
        if (other instanceof KeptPictures kept) {
            return kept;
        }
        List<Unit> units = new ArrayList<>(other.size());
        for (int i = 0; i < other.size(); i++) {
            units.add(new Unit(other.annexB(i), other.arrivalNanos(i), other.rtpTimestamp(i)));
        }
        return new KeptPictures(other.codec(), other.generation(), other.firstIndex(), other.isBroken(), units);
    }

    @Override
    public Codec codec() {
        return codec;
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public long firstIndex() {
        return firstIndex;
    }

    @Override
    public int size() {
        return units.size();
    }

    @Override
    public boolean isBroken() {
        return isBroken;
    }

    @Override
    public int bytes(int unit) {
        return units.get(unit).annexB().length;
    }

    @Override
    public long arrivalNanos(int unit) {
        return units.get(unit).arrivalNanos();
    }

    @Override
    public long rtpTimestamp(int unit) {
        return units.get(unit).rtpTimestamp();
    }

    /** Not a copy: nobody changes these bytes. */
    @Override
    public byte[] annexB(int unit) {
        return units.get(unit).annexB();
    }

    @Override
    public KeptPictures share() {
        return this;
    }

    @Override
    public void release() {
        // The garbage collector does it.
    }
}
