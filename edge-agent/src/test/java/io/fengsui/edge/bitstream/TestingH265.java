package io.fengsui.edge.bitstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Real H.265: 24 pictures of 320x180 of a drawn street, a keyframe each 12, parameter sets before each, made by x265. */
public final class TestingH265 {
    private TestingH265() {}

    /** All NAL units, access unit delimiters with them. */
    public static List<byte[]> units() {
        try (InputStream in = Objects.requireNonNull(TestingH265.class.getResourceAsStream("/h265/street.h265"))) {
            return AnnexB.split(in.readAllBytes()).stream().map(NalUnit::copy).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first unit of this type. */
    public static byte[] first(int type) {
        return units().stream()
                .filter(unit -> H265Unit.type(unit[0]) == type)
                .findFirst()
                .orElseThrow();
    }

    /** Parameter sets of the stream. */
    public static ParameterSets sets() throws MalformedBitstreamException {
        return ParameterSets.none(Codec.H265)
                .with(NalUnit.of(first(H265Unit.VPS)))
                .with(NalUnit.of(first(H265Unit.SPS)))
                .with(NalUnit.of(first(H265Unit.PPS)));
    }
}
