package io.fengsui.fieldsim.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A file of the library taken apart: pictures in decode order, each with its NAL units, parameter sets among them. Immutable, any
 * thread.
 */
public record CodedStream(String codec, List<Picture> pictures) {
    private static final long MAX_FILE_BYTES = 256L << 20;
    private static final int H264_DELIMITER = 9;
    private static final int H265_DELIMITER = 35;

    /** One coded picture. The arrays are shared and must not be written to. */
    public record Picture(List<byte[]> nalUnits, boolean isKeyframe) {
        public Picture {
            nalUnits = List.copyOf(nalUnits);
        }

        public int size() {
            return nalUnits.stream().mapToInt(unit -> unit.length).sum();
        }
    }

    public CodedStream {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty() || !pictures.getFirst().isKeyframe()) {
            throw new IllegalArgumentException("a stream begins with a keyframe");
        }
    }

    public int size() {
        return pictures.size();
    }

    /** @param codec {@code h264} or {@code h265} */
    public static CodedStream read(Path file, String codec) throws IOException {
        long size = Files.size(file);
        if (size > MAX_FILE_BYTES) {
            throw new IOException(file + " has " + size + " bytes; a stream has at most " + MAX_FILE_BYTES);
        }
        try {
            return of(Files.readAllBytes(file), codec);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Where a picture begins, the first is 0: at the start code of its delimiter. The stream's length if it has fewer. */
    static int offset(byte[] stream, String codec, int picture) {
        boolean isH264 = codec.equals("h264");
        int delimiters = 0;
        int begin = unitFrom(stream, 0);
        while (begin < stream.length) {
            int next = unitFrom(stream, begin);
            byte[] head = Arrays.copyOfRange(stream, begin, Math.min(begin + 1, stream.length));
            if (type(head, isH264) == (isH264 ? H264_DELIMITER : H265_DELIMITER) && delimiters++ == picture) {
                return begin - 3;
            }
            begin = next;
        }
        return stream.length;
    }

    static CodedStream of(byte[] stream, String codec) {
        boolean isH264 = codec.equals("h264");
        List<Picture> pictures = new ArrayList<>();
        List<byte[]> units = new ArrayList<>();
        int begin = unitFrom(stream, 0);
        while (begin < stream.length) {
            int next = unitFrom(stream, begin);
            byte[] unit = Arrays.copyOfRange(stream, begin, endOf(stream, begin, next));
            if (type(unit, isH264) == (isH264 ? H264_DELIMITER : H265_DELIMITER)) {
                add(pictures, units, isH264);
            } else if (unit.length > 0) {
                units.add(unit);
            }
            begin = next;
        }
        add(pictures, units, isH264);
        return new CodedStream(codec, pictures);
    }

    private static void add(List<Picture> pictures, List<byte[]> units, boolean isH264) {
        if (!units.isEmpty()) {
            boolean isKeyframe = units.stream().anyMatch(unit -> isKeyframe(type(unit, isH264), isH264));
            pictures.add(new Picture(units, isKeyframe));
            units.clear();
        }
    }

    private static int type(byte[] unit, boolean isH264) {
        if (unit.length == 0) {
            return -1;
        }
        return isH264 ? unit[0] & 0x1f : (unit[0] >> 1) & 0x3f;
    }

    /** IDR; in H.265 every picture that decoding can start at. */
    private static boolean isKeyframe(int type, boolean isH264) {
        return isH264 ? type == 5 : type >= 16 && type <= 23;
    }

    /** The byte after the next start code, or the end. */
    private static int unitFrom(byte[] stream, int from) {
        for (int i = from; i + 2 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                return i + 3;
            }
        }
        return stream.length;
    }

    /** Without the next start code and the zeros before it. */
    private static int endOf(byte[] stream, int begin, int next) {
        int end = next == stream.length && !endsWithStartCode(stream) ? next : next - 3;
        while (end > begin && stream[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static boolean endsWithStartCode(byte[] stream) {
        int end = stream.length;
        return end >= 3 && stream[end - 3] == 0 && stream[end - 2] == 0 && stream[end - 1] == 1;
    }
}
