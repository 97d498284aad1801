package io.fengsui.benchmarks.gate;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.AnnexB;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.fieldsim.library.CodedStream;
import io.fengsui.fieldsim.library.StreamTruth;
import java.util.ArrayList;
import java.util.List;

/** A stream of the library as access units that arrive on time, over and over again. */
final class VirtualCamera {
    private static final int TIMESTAMPS_A_SECOND = 90_000;

    private final List<byte[]> pictures = new ArrayList<>();
    private final CodedStream stream;
    private final StreamTruth truth;
    private final Codec codec;
    private final long originNanos;

    VirtualCamera(CodedStream stream, StreamTruth truth, long originNanos) {
        this.stream = stream;
        this.truth = truth;
        this.codec = truth.codec().equals("h265") ? Codec.H265 : Codec.H264;
        this.originNanos = originNanos;
        stream.pictures().forEach(picture -> pictures.add(annexB(picture.nalUnits())));
    }

    /** The same pictures, of which this is true. */
    VirtualCamera with(StreamTruth other) {
        return new VirtualCamera(stream, other, originNanos);
    }

    StreamTruth truth() {
        return truth;
    }

    int frames() {
        return pictures.size();
    }

    /** The frame that the wall clock of the run is at; frames go on counting when the stream begins anew. */
    AccessUnit unit(long frame) {
        int at = (int) (frame % pictures.size());
        return new AccessUnit(
                codec,
                pictures.get(at),
                stream.pictures().get(at).isKeyframe(),
                true,
                frame * TIMESTAMPS_A_SECOND / truth.framesPerSecond(),
                nanos(frame),
                1,
                frame);
    }

    long nanos(long frame) {
        return originNanos + frame * 1_000_000_000L / truth.framesPerSecond();
    }

    /** The frame that arrived at this moment. */
    long frameAt(long nanos) {
        return Math.round((nanos - originNanos) * truth.framesPerSecond() / 1e9);
    }

    /** The last frame at or before this one that decoding can start at. */
    long keyframeBefore(long frame) {
        long at = frame;
        while (!stream.pictures().get((int) (at % pictures.size())).isKeyframe()) {
            at--;
        }
        return at;
    }

    private static byte[] annexB(List<byte[]> units) {
        int length = units.stream()
                .mapToInt(unit -> AnnexB.START_CODE_LENGTH + unit.length)
                .sum();
        byte[] bytes = new byte[length];
        int at = 0;
        for (byte[] unit : units) {
            at = AnnexB.putStartCode(bytes, at);
            System.arraycopy(unit, 0, bytes, at, unit.length);
            at += unit.length;
        }
        return bytes;
    }
}
