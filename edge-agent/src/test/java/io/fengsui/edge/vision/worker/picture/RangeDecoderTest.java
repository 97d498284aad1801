package io.fengsui.edge.vision.worker.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.vision.TestingStreet;
import io.fengsui.edge.vision.wire.CodedRange;
import io.fengsui.edge.vision.wire.FromWorker;
import io.fengsui.edge.vision.wire.SkipReason;
import io.fengsui.edge.vision.worker.picture.RangeDecoder.Decoded;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RangeDecoderTest {
    static {
        System.setProperty(
                "org.bytedeco.javacpp.cachedir", TestingStreet.nativeLibraries().toString());
    }

    private final RangeDecoder decoder = new RangeDecoder();

    @BeforeAll
    static void beQuiet() {
        org.bytedeco.ffmpeg.global.avutil.av_log_set_level(org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET);
    }

    @AfterEach
    void close() {
        decoder.close();
    }

    /** Twelve flat pictures, luma 16 + 15 n, three B-frames between references; cut at access unit delimiters. */
    private static List<byte[]> greys(Codec codec) throws IOException {
        String name = "/vision/twelve-greys-b-frames." + (codec == Codec.H264 ? "h264" : "h265");
        byte[] bytes;
        try (InputStream in = Objects.requireNonNull(RangeDecoderTest.class.getResourceAsStream(name))) {
            bytes = in.readAllBytes();
        }
        int delimiter = codec == Codec.H264 ? 9 : 35 << 1;
        List<byte[]> units = new ArrayList<>();
        int from = 0;
        for (int i = 4; i + 4 < bytes.length; i++) {
            boolean isStart = bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 0 && bytes[i + 3] == 1;
            if (isStart && bytes[i + 4] == delimiter) {
                units.add(Arrays.copyOfRange(bytes, from, i));
                from = i;
            }
        }
        units.add(Arrays.copyOfRange(bytes, from, bytes.length));
        return units;
    }

    private int luma(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Picture.class);
        return ((Decoded.Picture) decoded).frame().data(0).get(0) & 0xff;
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void givesTheNewestPictureInDisplayOrder(Codec codec) throws IOException {
        List<byte[]> units = greys(codec);
        assertThat(units).hasSize(12);
        // The last coded picture is a B-frame that is shown before the last reference.
        Decoded decoded = decoder.decode(new CodedRange(codec, units));
        assertThat(luma(decoded)).isCloseTo(16 + 15 * 11, within(3));
        assertThat(((Decoded.Picture) decoded).pictures()).isEqualTo(new FromWorker.Pictures(12, 0));
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void aFollowedStreamNeedsOnlyWhatIsNew(Codec codec) throws IOException {
        List<byte[]> units = greys(codec);
        int first = luma(decoder.follow(new CodedRange(codec, units.subList(0, 6)), false));
        Decoded later = decoder.follow(new CodedRange(codec, units.subList(6, 12)), true);
        assertThat(luma(later)).isGreaterThan(first);
        // Late by as many pictures as are reordered, and not one of them is decoded twice.
        assertThat(((Decoded.Picture) later).pictures().decoded()).isBetween(4, 8);
        assertThat(((Decoded.Picture) later).pictures().corrupt()).isZero();
        assertThat(decoder.isSpent()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void aFollowedStreamThatCannotShowAPictureYetGivesUpWhatItHas(Codec codec) throws IOException {
        Decoded keyframe = decoder.follow(new CodedRange(codec, greys(codec).subList(0, 1)), false);
        assertThat(luma(keyframe)).isCloseTo(16, within(3));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 4", "5, 4", "6, 8"})
    void givesTheNewestOfAPartOfAGroupOfPictures(int units, int newest) throws IOException {
        CodedRange range = new CodedRange(Codec.H264, greys(Codec.H264).subList(0, units));
        assertThat(luma(decoder.decode(range))).isCloseTo(16 + 15 * newest, within(3));
    }

    @Test
    void camerasThatTakeTurnsDoNotMix() throws IOException {
        CodedRange grey = new CodedRange(Codec.H264, greys(Codec.H264).subList(0, 1));
        CodedRange other = new CodedRange(Codec.H265, greys(Codec.H265).subList(0, 1));
        CodedRange street = new CodedRange(Codec.H264, TestingStreet.annexB().subList(0, 1));
        for (int i = 0; i < 3; i++) {
            assertThat(luma(decoder.decode(grey))).isCloseTo(16, within(3));
            assertThat(((Decoded.Picture) decoder.decode(street)).frame().width())
                    .isEqualTo(1280);
            assertThat(luma(decoder.decode(other))).isCloseTo(16, within(3));
        }
    }

    @Test
    void aKeyframeWithoutParameterSetsIsNotDecodedWithThoseOfAnotherCamera() throws IOException {
        decoder.decode(new CodedRange(Codec.H264, TestingStreet.annexB().subList(0, 1)));
        byte[] whole = TestingStreet.annexB().getFirst();
        int slice = 4;
        while ((whole[slice] & 0x1f) != 5 || whole[slice - 1] != 1) {
            slice++;
        }
        byte[] bare = Arrays.copyOfRange(whole, slice - 4, whole.length);
        assertThat(decoder.decode(new CodedRange(Codec.H264, List.of(bare))))
                .isEqualTo(
                        new Decoded.Nothing(SkipReason.NO_PARAMETER_SETS, "the first access unit has no SPS and PPS"));
    }

    @Test
    void aTruncatedKeyframeIsCorrupt() {
        byte[] whole = TestingStreet.annexB().getFirst();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThat(decoder.decode(new CodedRange(Codec.H264, List.of(half))))
                .isInstanceOfSatisfying(
                        Decoded.Nothing.class, n -> assertThat(n.reason()).isEqualTo(SkipReason.CORRUPT));
    }

    @Test
    void damagedPicturesAreLeftOutAndCounted() {
        List<byte[]> units = new ArrayList<>(TestingStreet.annexB().subList(0, 3));
        units.set(2, Arrays.copyOf(units.get(2), units.get(2).length / 3));
        assertThat(decoder.decode(new CodedRange(Codec.H264, units)))
                .isInstanceOfSatisfying(
                        Decoded.Picture.class,
                        p -> assertThat(p.pictures().corrupt()).isEqualTo(1));
    }

    @Test
    void noiseIsRefusedWithoutHarm() {
        java.util.Random random = new java.util.Random(1);
        byte[] head = {0, 0, 0, 1, 0x67, 0, 0, 0, 1, 0x68, 0, 0, 0, 1, 0x65};
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[1000];
            random.nextBytes(noise);
            System.arraycopy(head, 0, noise, 0, head.length);
            assertThat(decoder.decode(new CodedRange(Codec.H264, List.of(noise))))
                    .isInstanceOf(Decoded.Nothing.class);
        }
        CodedRange street = new CodedRange(Codec.H264, TestingStreet.annexB());
        assertThat(decoder.decode(street)).isInstanceOf(Decoded.Picture.class);
    }

    private static org.assertj.core.data.Offset<Integer> within(int value) {
        return org.assertj.core.data.Offset.offset(value);
    }
}
