package io.fengsui.edge.bitstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The parameter sets that a stream is decoded with, by id. Immutable; a set of the same id replaces the former.
 *
 * <p>Bounded: 16 VPS, 32 SPS and {@value #MAX_PPS_KEPT} PPS, each at most {@value #MAX_SET_BYTES} bytes.
 */
public final class ParameterSets {
    public static final ParameterSets NONE = none(Codec.H264);

    /** Largest parameter set taken from a camera; real ones have tens of bytes. */
    public static final int MAX_SET_BYTES = 2048;

    private static final int MAX_PPS_KEPT = 32;

    private final Codec codec;
    private final Map<Integer, byte[]> vpsById;
    private final Map<Integer, byte[]> spsById;
    private final Map<Integer, byte[]> ppsById;
    private final @Nullable PictureSize size;

    private ParameterSets(
            Codec codec,
            Map<Integer, byte[]> vpsById,
            Map<Integer, byte[]> spsById,
            Map<Integer, byte[]> ppsById,
            @Nullable PictureSize size) {
        this.codec = codec;
        this.vpsById = vpsById;
        this.spsById = spsById;
        this.ppsById = ppsById;
        this.size = size;
    }

    public static ParameterSets none(Codec codec) {
        return new ParameterSets(codec, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), null);
    }

    public Codec codec() {
        return codec;
    }

    /** Whether a NAL unit of this codec is a parameter set. */
    public static boolean isParameterSet(Codec codec, NalUnit unit) {
        return switch (codec) {
            case H264 -> unit.type() == NalUnit.SPS || unit.type() == NalUnit.PPS;
            case H265 -> H265Unit.type(unit) >= H265Unit.VPS && H265Unit.type(unit) <= H265Unit.PPS;
        };
    }

    /** A sum of the codec and of the parameter sets in an access unit: for sameness only, the same while a camera sends the same. */
    public static long sum(Codec codec, byte[] annexB) {
        CRC32 sum = new CRC32();
        sum.update(codec.name().getBytes(StandardCharsets.US_ASCII));
        AnnexB.split(annexB).stream()
                .filter(unit -> isParameterSet(codec, unit))
                .forEach(unit -> sum.update(unit.bytes(), unit.offset(), unit.length()));
        return sum.getValue();
    }

    /** These with one set added or replaced; the same object when nothing changes. */
    public ParameterSets with(NalUnit unit) throws MalformedBitstreamException {
        if (unit.length() > MAX_SET_BYTES) {
            throw new MalformedBitstreamException("a parameter set of " + unit.length() + " bytes");
        }
        return switch (codec) {
            case H264 ->
                unit.type() == NalUnit.SPS
                        ? withSps(unit)
                        : withPps(unit, Pps.parse(unit).id());
            case H265 -> withH265(unit);
        };
    }

    private ParameterSets withH265(NalUnit unit) throws MalformedBitstreamException {
        return switch (H265Unit.type(unit)) {
            case H265Unit.VPS -> withVps(unit, H265Vps.parse(unit).id());
            case H265Unit.SPS -> {
                H265Sps sps = H265Sps.parse(unit);
                yield withSps(unit, sps.id(), sps.size());
            }
            case H265Unit.PPS ->
                withPps(unit, new BitReader(unit, H265Unit.HEADER_BYTES).unsigned(63, "pps_pic_parameter_set_id"));
            default ->
                throw new MalformedBitstreamException("NAL unit type " + H265Unit.type(unit) + " is no parameter set");
        };
    }

    private ParameterSets withVps(NalUnit unit, int id) {
        return holds(vpsById.get(id), unit)
                ? this
                : new ParameterSets(codec, put(vpsById, id, unit), spsById, ppsById, size);
    }

    private ParameterSets withSps(NalUnit unit) throws MalformedBitstreamException {
        Sps sps = Sps.parse(unit);
        return withSps(unit, sps.id(), new PictureSize(sps.width(), sps.height()));
    }

    private ParameterSets withSps(NalUnit unit, int id, PictureSize pictures) {
        return holds(spsById.get(id), unit)
                ? this
                : new ParameterSets(codec, vpsById, put(spsById, id, unit), ppsById, pictures);
    }

    private ParameterSets withPps(NalUnit unit, int id) throws MalformedBitstreamException {
        if (holds(ppsById.get(id), unit)) {
            return this;
        }
        if (ppsById.size() >= MAX_PPS_KEPT && !ppsById.containsKey(id)) {
            throw new MalformedBitstreamException("more than " + MAX_PPS_KEPT + " picture parameter sets");
        }
        return new ParameterSets(codec, vpsById, spsById, put(ppsById, id, unit), size);
    }

    /** Whether a picture can be decoded with these: at least one of each kind. */
    public boolean isComplete() {
        boolean hasVps = codec != Codec.H265 || !vpsById.isEmpty();
        return hasVps && !spsById.isEmpty() && !ppsById.isEmpty();
    }

    /** Size of the pictures, as the SPS says that came last. */
    public @Nullable PictureSize size() {
        return size;
    }

    private List<Map<Integer, byte[]>> inOrder() {
        return List.of(vpsById, spsById, ppsById);
    }

    /** Bytes that {@link #putAnnexB} writes. */
    public int annexBLength() {
        int length = 0;
        for (Map<Integer, byte[]> sets : inOrder()) {
            for (byte[] set : sets.values()) {
                length += AnnexB.START_CODE_LENGTH + set.length;
            }
        }
        return length;
    }

    /** Writes all VPS, all SPS, then all PPS, each behind a start code; returns the index behind them. */
    public int putAnnexB(byte[] into, int at) {
        int next = at;
        for (Map<Integer, byte[]> sets : inOrder()) {
            for (byte[] set : sets.values()) {
                next = put(set, into, next);
            }
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
