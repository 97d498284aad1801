package io.fengsui.edge.bitstream;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Writes small H.264 NAL units, right or wrong, for tests. */
public final class TestingH264 {
    private TestingH264() {}

    /** Writes bits; {@link #toNal} adds the stop bit and emulation prevention. */
    public static final class Bits {
        private final StringBuilder bits = new StringBuilder();

        public Bits put(int count, long value) {
            for (int i = count - 1; i >= 0; i--) {
                bits.append((value >> i) & 1);
            }
            return this;
        }

        public Bits ue(long value) {
            long code = value + 1;
            int length = 64 - Long.numberOfLeadingZeros(code);
            return put(length - 1, 0).put(length, code);
        }

        public byte[] toNal(int header) {
            StringBuilder all = new StringBuilder(bits).append('1');
            while (all.length() % 8 != 0) {
                all.append('0');
            }
            ByteArrayOutputStream nal = new ByteArrayOutputStream();
            nal.write(header);
            int zeros = 0;
            for (int i = 0; i < all.length(); i += 8) {
                int value = Integer.parseInt(all.substring(i, i + 8), 2);
                if (zeros >= 2 && value <= 3) {
                    nal.write(3);
                    zeros = 0;
                }
                nal.write(value);
                zeros = value == 0 ? zeros + 1 : 0;
            }
            return nal.toByteArray();
        }
    }

    /** A baseline SPS, progressive, of so many macroblocks, without cropping and VUI. */
    public static byte[] sps(int widthInMacroblocks, int heightInMacroblocks) {
        return spsStart(widthInMacroblocks, heightInMacroblocks)
                .put(1, 0)
                .put(1, 0)
                .toNal(0x67);
    }

    /** A baseline SPS up to and with direct_8x8_inference_flag. */
    static Bits spsStart(long widthInMacroblocks, long heightInMacroblocks) {
        return new Bits()
                .put(8, 66)
                .put(8, 0xC0)
                .put(8, 30)
                .ue(0) // id
                .ue(0) // log2_max_frame_num_minus4
                .ue(2) // pic_order_cnt_type
                .ue(1) // max_num_ref_frames
                .put(1, 0)
                .ue(widthInMacroblocks - 1)
                .ue(heightInMacroblocks - 1)
                .put(1, 1) // frame_mbs_only_flag
                .put(1, 1);
    }

    public static byte[] pps(int id) {
        return new Bits().ue(id).ue(0).put(8, 0x5A).toNal(0x68);
    }

    public static byte[] idr(int firstMacroblock, int bytes) {
        return slice(0x65, firstMacroblock, 7, bytes);
    }

    /** A P slice that others refer to. */
    public static byte[] predicted(int firstMacroblock, int bytes) {
        return slice(0x41, firstMacroblock, 5, bytes);
    }

    public static byte[] slice(int header, int firstMacroblock, int type, int bytes) {
        byte[] start = new Bits().ue(firstMacroblock).ue(type).ue(0).toNal(header);
        byte[] nal = new byte[Math.max(bytes, start.length)];
        System.arraycopy(start, 0, nal, 0, start.length);
        Random random = new Random(bytes * 31L + firstMacroblock);
        for (int i = start.length; i < nal.length; i++) {
            nal[i] = (byte) (4 + random.nextInt(250)); // never looks like a start code
        }
        return nal;
    }

    public static byte[] sei() {
        return new byte[] {0x06, 0x05, 0x02, 0x11, 0x22, (byte) 0x80};
    }

    /** Says that decoding may start at the picture it comes with. */
    public static byte[] recoveryPoint() {
        return new byte[] {0x06, 0x06, 0x01, (byte) 0x84, (byte) 0x80};
    }
}
