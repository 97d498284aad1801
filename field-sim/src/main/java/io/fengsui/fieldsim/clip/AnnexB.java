package io.fengsui.fieldsim.clip;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The byte stream form of H.264 (ITU-T H.264, Annex B): splits it at start codes and gathers the NAL units of one picture.
 *
 * <p>A new picture begins at a slice whose {@code first_mb_in_slice} is zero, which is enough for streams without arbitrary
 * slice order; what stands between two pictures (SEI) belongs to the later one.
 */
final class AnnexB {
    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int SLICE = 1;
    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int DELIMITER = 9;

    private AnnexB() {}

    static AccessUnitClip clip(byte[] stream, double framesPerSecond) {
        Gatherer gatherer = new Gatherer();
        split(stream, gatherer::accept);
        return gatherer.clip(framesPerSecond);
    }

    static byte[] bytes(AccessUnitClip clip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (AccessUnit unit : clip.units()) {
            if (unit.isKeyframe()) {
                write(out, clip.sps());
                write(out, clip.pps());
            }
            unit.nalUnits().forEach(nal -> write(out, nal));
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] nal) {
        out.writeBytes(START_CODE);
        out.writeBytes(nal);
    }

    /** Hands over each NAL unit without its start code and without trailing zeros. */
    static void split(byte[] stream, Consumer<byte[]> to) {
        int begin = -1;
        int zeros = 0;
        for (int i = 0; i < stream.length; i++) {
            if (stream[i] == 0) {
                zeros++;
            } else {
                if (zeros >= 2 && stream[i] == 1) {
                    hand(stream, begin, i - zeros, to);
                    begin = i + 1;
                }
                zeros = 0;
            }
        }
        hand(stream, begin, stream.length - zeros, to);
    }

    private static void hand(byte[] stream, int begin, int end, Consumer<byte[]> to) {
        if (begin >= 0 && end > begin) {
            to.accept(Arrays.copyOfRange(stream, begin, end));
        }
    }

    private static final class Gatherer {
        private final List<AccessUnit> units = new ArrayList<>();
        private final List<byte[]> pending = new ArrayList<>();
        private byte @Nullable [] sps;
        private byte @Nullable [] pps;
        private boolean hasSlice;
        private boolean isKeyframe;

        void accept(byte[] nal) {
            int type = nal[0] & 0x1f;
            boolean isSlice = type == SLICE || type == IDR;
            // ue(v) zero is a single one bit: the slice header begins with first_mb_in_slice.
            boolean isFirstSlice = isSlice && nal.length > 1 && (nal[1] & 0x80) != 0;
            if (hasSlice && (!isSlice || isFirstSlice)) {
                finish();
            }
            switch (type) {
                case SPS -> sps = once(sps, nal, "sequence");
                case PPS -> pps = once(pps, nal, "picture");
                case DELIMITER -> {}
                default -> pending.add(nal);
            }
            hasSlice |= isSlice;
            isKeyframe |= type == IDR;
        }

        private static byte[] once(byte @Nullable [] known, byte[] nal, String what) {
            if (known != null && !Arrays.equals(known, nal)) {
                throw new IllegalArgumentException("the stream has more than one " + what + " parameter set");
            }
            return nal;
        }

        private void finish() {
            units.add(new AccessUnit(pending, isKeyframe));
            pending.clear();
            hasSlice = false;
            isKeyframe = false;
        }

        AccessUnitClip clip(double framesPerSecond) {
            if (hasSlice) {
                finish();
            }
            if (sps == null || pps == null) {
                throw new IllegalArgumentException("no H.264 byte stream with parameter sets");
            }
            return new AccessUnitClip(List.of(sps, pps), framesPerSecond, units);
        }
    }
}
