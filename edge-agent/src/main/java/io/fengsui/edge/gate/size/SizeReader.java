package io.fengsui.edge.gate.size;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.bitstream.MalformedBitstreamException;
import io.fengsui.edge.bitstream.NalUnit;
import io.fengsui.edge.bitstream.ParameterSets;
import io.fengsui.edge.bitstream.PictureSize;
import io.fengsui.edge.bitstream.SliceQp;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Takes from an access unit what tier 0 wants to know: parameter sets from a generation's first keyframe, of the others the
 * first bytes of the first slice. The quantizer is read where one pair of parameter sets serves all pictures, as in what
 * cameras send. Confined to the camera's event loop.
 */
public final class SizeReader {
    /** In place of a sum. */
    public static final long NO_SETS = -1;

    /** A slice header ends long before. */
    private static final int HEADER_BYTES = 96;
    /** NAL units that are looked at for a slice. */
    private static final int MOST_UNITS = 12;

    private long generation = -1;
    private int blocks;
    private @Nullable SliceQp qp;
    private long parameterSets = NO_SETS;

    public UnitFacts read(AccessUnit unit) {
        if (unit.isKeyframe() && unit.generation() != generation) {
            generation = unit.generation();
            learn(unit);
        } else if (unit.generation() != generation) {
            parameterSets = NO_SETS;
        }
        return new UnitFacts(unit.isKeyframe(), unit.annexB().length, qp(unit), blocks);
    }

    /** CRC-32 of the bytes of the generation's parameter sets; {@link #NO_SETS} while there are none. */
    public long parameterSets() {
        return parameterSets;
    }

    private void learn(AccessUnit unit) {
        qp = null;
        CRC32 sum = new CRC32();
        ParameterSets sets = ParameterSets.none(unit.codec());
        NalUnit sps = null;
        NalUnit pps = null;
        Walk walk = new Walk(unit.annexB());
        try {
            for (NalUnit each = walk.next(); each != null; each = walk.next()) {
                if (!ParameterSets.isParameterSet(unit.codec(), each)) {
                    continue;
                }
                sets = sets.with(each);
                sum.update(each.bytes(), each.offset(), each.length());
                if (unit.codec() == Codec.H264 && each.type() == NalUnit.SPS) {
                    sps = each;
                } else if (unit.codec() == Codec.H264) {
                    pps = pps == null ? each : pps;
                }
            }
            qp = sps == null || pps == null ? null : SliceQp.of(sps, pps);
        } catch (MalformedBitstreamException e) {
            qp = null;
        }
        parameterSets = sum.getValue() == 0 ? NO_SETS : sum.getValue();
        PictureSize size = sets.size();
        blocks = size == null ? 0 : size.blocks();
    }

    private int qp(AccessUnit unit) {
        SliceQp reader = qp;
        if (reader == null || unit.codec() != Codec.H264) {
            return UnitFacts.NO_QP;
        }
        Walk walk = new Walk(unit.annexB());
        for (NalUnit each = walk.next(); each != null; each = walk.next()) {
            if (each.type() == NalUnit.SLICE || each.type() == NalUnit.IDR_SLICE) {
                return reader.read(each).orElse(UnitFacts.NO_QP);
            }
        }
        return UnitFacts.NO_QP;
    }

    /** The first NAL units, until the first slice; a slice is cut short behind its header, so that no slice is searched. */
    private static final class Walk {
        private final byte[] bytes;
        private int at;
        private int units;
        private boolean isOver;

        Walk(byte[] annexB) {
            this.bytes = annexB;
            this.at = AnnexB.startCode(annexB, 0, Math.min(annexB.length, AnnexB.START_CODE_LENGTH));
        }

        @Nullable
        NalUnit next() {
            if (isOver || at < 0 || units++ >= MOST_UNITS) {
                return null;
            }
            int from = at + 3;
            int horizon = Math.min(bytes.length, from + ParameterSets.MAX_SET_BYTES);
            int next = AnnexB.startCode(bytes, from, Math.min(horizon, from + HEADER_BYTES));
            if (next < 0) {
                next = AnnexB.startCode(bytes, from, horizon);
            }
            at = next;
            int end = next < 0 ? Math.min(bytes.length, from + HEADER_BYTES) : next;
            isOver = next < 0;
            while (end > from && bytes[end - 1] == 0) {
                end--;
            }
            return end > from ? new NalUnit(bytes, from, end - from) : next();
        }
    }
}
