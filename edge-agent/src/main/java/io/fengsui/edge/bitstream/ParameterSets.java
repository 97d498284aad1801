package io.fengsui.edge.bitstream;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameter sets that a stream is decoded with, by id. Immutable; a set of the same id replaces the former.
 *
 * <p>Bounded: 32 SPS and 256 PPS by their ids, each at most {@value #MAX_SET_BYTES} bytes.
 */
public final class ParameterSets {
    public static final ParameterSets NONE = new ParameterSets(new TreeMap<>(), new TreeMap<>(), null);

    /** Largest parameter set taken from a camera; real ones have tens of bytes. */
    public static final int MAX_SET_BYTES = 2048;

    private static final int MAX_PPS_KEPT = 32;

    private final Map<Integer, byte[]> spsById;
    private final Map<Integer, byte[]> ppsById;
    private final @Nullable Sps latest;

    private ParameterSets(Map<Integer, byte[]> spsById, Map<Integer, byte[]> ppsById, @Nullable Sps latest) {
        this.spsById = spsById;
        this.ppsById = ppsById;
        this.latest = latest;
    }

    /** These with one SPS or PPS added or replaced; the same object when nothing changes. */
    public ParameterSets with(NalUnit unit) throws MalformedBitstreamException {
        if (unit.length() > MAX_SET_BYTES) {
            throw new MalformedBitstreamException("a parameter set of " + unit.length() + " bytes");
        }
        return unit.type() == NalUnit.SPS ? withSps(unit) : withPps(unit);
    }

    private ParameterSets withSps(NalUnit unit) throws MalformedBitstreamException {
        Sps sps = Sps.parse(unit);
        if (holds(spsById.get(sps.id()), unit)) {
            return this;
        }
        return new ParameterSets(put(spsById, sps.id(), unit), ppsById, sps);
    }

    private ParameterSets withPps(NalUnit unit) throws MalformedBitstreamException {
        int id = Pps.parse(unit).id();
        if (holds(ppsById.get(id), unit)) {
            return this;
        }
        if (ppsById.size() >= MAX_PPS_KEPT && !ppsById.containsKey(id)) {
            throw new MalformedBitstreamException("more than " + MAX_PPS_KEPT + " picture parameter sets");
        }
        return new ParameterSets(spsById, put(ppsById, id, unit), latest);
    }

    /** Whether a picture can be decoded with these: at least one of each kind. */
    public boolean isComplete() {
        return !spsById.isEmpty() && !ppsById.isEmpty();
    }

    /** What the SPS that came last says. */
    public @Nullable Sps sps() {
        return latest;
    }

    /** Bytes that {@link #putAnnexB} writes. */
    public int annexBLength() {
        int length = 0;
        for (byte[] set : spsById.values()) {
            length += AnnexB.START_CODE_LENGTH + set.length;
        }
        for (byte[] set : ppsById.values()) {
            length += AnnexB.START_CODE_LENGTH + set.length;
        }
        return length;
    }

    /** Writes all SPS, then all PPS, each behind a start code; returns the index behind them. */
    public int putAnnexB(byte[] into, int at) {
        int next = at;
        for (byte[] set : spsById.values()) {
            next = put(set, into, next);
        }
        for (byte[] set : ppsById.values()) {
            next = put(set, into, next);
        }
        return next;
    }

    private static int put(byte[] set, byte[] into, int at) {
        int next = AnnexB.putStartCode(into, at);
        System.arraycopy(set, 0, into, next, set.length);
        return next + set.length;
    }

    private static boolean holds(byte @Nullable [] known, NalUnit unit) {
        return known != null
                && Arrays.equals(known, 0, known.length, unit.bytes(), unit.offset(), unit.offset() + unit.length());
    }

    private static Map<Integer, byte[]> put(Map<Integer, byte[]> sets, int id, NalUnit unit) {
        Map<Integer, byte[]> changed = new TreeMap<>(sets);
        changed.put(id, unit.copy());
        return changed;
    }
}
