package io.fengsui.benchmarks.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.benchmarks.quantize.Preparation.Variant;
import io.fengsui.edge.vision.model.InputSpec;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A picture of 64x32 in an input of 64x64: rows 16 to 47 are the picture. */
class PreparationTest {
    private static final int SIDE = 64;
    private static final int PLANE = SIDE * SIDE;
    private static final int MIDDLE = 32 * SIDE + 32;

    private static InputSpec input(InputSpec.Colour colour, InputSpec.Placement placement) {
        return new InputSpec(
                "images", SIDE, SIDE, 32, colour, List.of(100f, 0f, 0f), List.of(50f, 1f, 1f), placement, 7);
    }

    private static BufferedImage filled(int rgb) {
        BufferedImage picture = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 64; x++) {
                picture.setRGB(x, y, rgb);
            }
        }
        return picture;
    }

    private static float at(FloatBuffer values, int channel, int cell) {
        return values.get(channel * PLANE + cell);
    }

    @Test
    void channelsComeInTheNetworksOrderAndScale() {
        InputSpec bgr = input(InputSpec.Colour.BGR, InputSpec.Placement.CENTRE);
        FloatBuffer blueFirst = new Preparation(bgr).of(filled(0x0a14c8), Variant.AS_IS);
        assertThat(at(blueFirst, 0, MIDDLE)).isEqualTo((200 - 100) / 50f);
        assertThat(at(blueFirst, 1, MIDDLE)).isEqualTo(20);
        assertThat(at(blueFirst, 2, MIDDLE)).isEqualTo(10);
        InputSpec rgb = input(InputSpec.Colour.RGB, InputSpec.Placement.CENTRE);
        FloatBuffer redFirst = new Preparation(rgb).of(filled(0x0a14c8), Variant.AS_IS);
        assertThat(at(redFirst, 0, MIDDLE)).isEqualTo((10 - 100) / 50f);
        assertThat(at(redFirst, 2, MIDDLE)).isEqualTo(200);
    }

    @Test
    void thePictureLiesWhereTheManifestSays() {
        InputSpec centre = input(InputSpec.Colour.RGB, InputSpec.Placement.CENTRE);
        FloatBuffer values = new Preparation(centre).of(filled(0xffffff), Variant.AS_IS);
        assertThat(at(values, 1, 0)).isEqualTo(7);
        assertThat(at(values, 1, MIDDLE)).isEqualTo(255);
        InputSpec corner = input(InputSpec.Colour.RGB, InputSpec.Placement.TOP_LEFT);
        FloatBuffer left = new Preparation(corner).of(filled(0xffffff), Variant.AS_IS);
        assertThat(at(left, 1, 0)).isEqualTo(255);
        assertThat(at(left, 1, PLANE - 1)).isEqualTo(7);
        InputSpec stretched = input(InputSpec.Colour.RGB, InputSpec.Placement.STRETCH);
        FloatBuffer whole = new Preparation(stretched).of(filled(0xffffff), Variant.AS_IS);
        assertThat(at(whole, 1, PLANE - 1)).isEqualTo(255);
    }

    @ParameterizedTest
    @EnumSource(Variant.class)
    void noVariantLeavesWhatACameraCanSend(Variant variant) {
        InputSpec centre = input(InputSpec.Colour.RGB, InputSpec.Placement.CENTRE);
        for (int rgb : new int[] {0x000000, 0x808080, 0xffffff}) {
            FloatBuffer values = new Preparation(centre).of(filled(rgb), variant);
            for (int cell = 0; cell < PLANE; cell++) {
                assertThat(at(values, 1, cell)).isBetween(0f, 255f);
            }
        }
    }

    @Test
    void darkIsDarkerAndHarshIsFartherFromGrey() {
        InputSpec centre = input(InputSpec.Colour.RGB, InputSpec.Placement.CENTRE);
        Preparation preparation = new Preparation(centre);
        assertThat(at(preparation.of(filled(0xc8c8c8), Variant.HARSH), 1, MIDDLE))
                .isEqualTo(128 + 1.4f * 72 + 10, within(0.01f));
        assertThat(at(preparation.of(filled(0xc8c8c8), Variant.DARK), 1, MIDDLE))
                .isLessThan(190);
    }
}
