package io.fengsui.edge.gate.luma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.gate.luma.LumaChange.Kind;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Polygon;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LumaBackgroundTest {
    private static final int COLOURED = 60;

    private final Random random = new Random(3);
    private final LumaBackground background = new LumaBackground();
    private double noise = 2;

    private LumaPicture street(int shift, int chroma, int x, int y, int width, int height, int contrast) {
        byte[] luma = new byte[LumaPicture.PIXELS];
        for (int row = 0; row < LumaPicture.HEIGHT; row++) {
            for (int column = 0; column < LumaPicture.WIDTH; column++) {
                double level = 90 + 30 * Math.sin(column / 7.0) + 20 * Math.cos(row / 5.0) + shift;
                boolean isObject = column >= x && column < x + width && row >= y && row < y + height;
                level += isObject ? contrast : 0;
                level += noise * random.nextGaussian();
                luma[row * LumaPicture.WIDTH + column] = (byte) Math.clamp(Math.round(level), 0, 255);
            }
        }
        return new LumaPicture(luma, chroma);
    }

    private LumaPicture empty() {
        return street(0, COLOURED, 0, 0, 0, 0, 0);
    }

    @BeforeEach
    void learnTheStreet() {
        for (int i = 0; i < 30; i++) {
            background.learn(empty());
        }
    }

    /** Something of this size and contrast stands in the street. */
    @ParameterizedTest
    @CsvSource({
        // x, y, width, height, contrast, shift, chroma -> kind
        "50, 40, 9, 24, 40,  0,  60, LOCAL",
        "50, 40, 3, 7,  40,  0,  60, LOCAL",
        "51, 42, 3, 7,  -30, 0,  60, LOCAL",
        "50, 40, 3, 7,  40,  5,  60, LOCAL",
        "0,  0,  0, 0,  0,   0,  60, NOTHING",
        "0,  0,  0, 0,  0,   5,  60, NOTHING",
        "0,  0,  0, 0,  0,   -6, 60, NOTHING",
        "50, 40, 9, 24, 4,   0,  60, NOTHING",
        "0,  0,  0, 0,  0,   30, 60, LIGHT",
        "0,  0,  0, 0,  0,   0,  10, LIGHT",
        "0,  0,  75, 90, 60, 0,  60, WIDE",
    })
    void tells(int x, int y, int width, int height, int contrast, int shift, int chroma, Kind expected) {
        assertThat(background
                        .compare(street(shift, chroma, x, y, width, height, contrast))
                        .kind())
                .isEqualTo(expected);
    }

    @Test
    void aThousandNoisyPicturesAreNextToNothing() {
        noise = 4;
        for (int i = 0; i < 60; i++) {
            background.learn(empty());
        }
        int moved = 0;
        for (int i = 0; i < 1000; i++) {
            LumaPicture picture = empty();
            moved += background.compare(picture).isMovement() ? 1 : 0;
            background.learn(picture);
        }
        assertThat(moved).isLessThanOrEqualTo(8);
    }

    @Test
    void whatWasExcusedIsUsual() {
        LumaPicture parked = street(0, COLOURED, 50, 40, 20, 10, 60);
        assertThat(background.compare(parked).isMovement()).isTrue();
        background.excuse(parked);
        assertThat(background.compare(street(0, COLOURED, 50, 40, 20, 10, 60)).kind())
                .isEqualTo(Kind.NOTHING);
        assertThat(background.compare(empty()).kind()).as("it drives off").isEqualTo(Kind.LOCAL);
    }

    @Test
    void followsTheSun() {
        for (int i = 0; i < 120; i++) {
            LumaPicture picture = street(i / 2, COLOURED, 0, 0, 0, 0, 0);
            assertThat(background.compare(picture).kind()).isEqualTo(Kind.NOTHING);
            background.learn(picture);
        }
    }

    private static Polygon left(double share) {
        return new Polygon(List.of(new Point(0, 0), new Point(share, 0), new Point(share, 1), new Point(0, 1)));
    }

    /** Leaves in the wind in the left part of the picture: each pixel another, and all of them brighter or darker. */
    private LumaPicture windy(LumaPicture street, double share, int shift) {
        byte[] luma = street.luma().clone();
        for (int i = 0; i < LumaPicture.PIXELS; i++) {
            if (i % LumaPicture.WIDTH < share * LumaPicture.WIDTH) {
                luma[i] = (byte) Math.clamp((luma[i] & 0xff) + shift + random.nextInt(-50, 51), 0, 255);
            }
        }
        return new LumaPicture(luma, street.chroma());
    }

    /** The wind in a part that is hidden, and somebody of little contrast beside it, or nobody. */
    @ParameterizedTest
    @CsvSource({
        // hidden share, brighter, x, y, width, height, contrast -> kind
        "0.5,  0,  100, 40, 9,  24, 15, LOCAL",
        "0.5,  0,  0,   0,  0,  0,  0,  NOTHING",
        "0.75, 20, 130, 40, 9,  24, 15, LOCAL",
        "0.75, 20, 0,   0,  0,  0,  0,  NOTHING",
        "0.5,  0,  100, 0,  38, 90, 60, WIDE",
        "1.0,  20, 100, 40, 9,  24, 15, NOTHING",
    })
    void whatIsHiddenMakesTheRestNeitherDeafNorBright(
            double share, int brighter, int x, int y, int width, int height, int contrast, Kind expected) {
        background.hide(List.of(left(share)));
        for (int i = 0; i < 30; i++) {
            background.learn(windy(empty(), share, 0));
        }
        LumaPicture street = street(0, COLOURED, x, y, width, height, contrast);
        assertThat(background.compare(windy(street, share, brighter)).kind()).isEqualTo(expected);
    }

    /** Only the right quarter counts, and something stands before a third of it, before half of it, or the lamps go on. */
    @ParameterizedTest
    @CsvSource({
        // x, width, contrast, shift -> kind
        "120, 14, 25, 0,  LOCAL",
        "120, 26, 40, 0,  WIDE",
        "120, 40, 40, 0,  WIDE",
        "120, 26, 40, 5,  WIDE",
        "0,   0,  0,  6,  NOTHING",
        "0,   0,  0,  30, LIGHT",
        "120, 14, 40, 30, LIGHT",
    })
    void whatFillsTheSmallRestOfAPictureIsAThingAndNeitherNoiseNorLight(
            int x, int width, int contrast, int shift, Kind expected) {
        background.hide(List.of(left(0.75)));
        LumaPicture picture = street(shift, COLOURED, x, 0, width, 90, contrast);
        assertThat(background.compare(picture).kind()).isEqualTo(expected);
    }

    @Test
    void whatIsHiddenNoMoreCountsAgain() {
        background.hide(List.of(left(1)));
        background.hide(List.of());
        assertThat(background.compare(street(30, COLOURED, 0, 0, 0, 0, 0)).kind())
                .isEqualTo(Kind.LIGHT);
    }

    @Test
    void knowsNothingOfAnotherStream() {
        background.clear();
        assertThat(background.compare(empty())).isEqualTo(LumaChange.UNKNOWN);
    }

    @Test
    void regimesHaveHysteresis() {
        assertThat(LightRegime.COLOUR.after(12)).isEqualTo(LightRegime.COLOUR);
        assertThat(LightRegime.COLOUR.after(3)).isEqualTo(LightRegime.GREY);
        assertThat(LightRegime.GREY.after(12)).isEqualTo(LightRegime.GREY);
        assertThat(LightRegime.GREY.after(40)).isEqualTo(LightRegime.COLOUR);
        assertThatThrownBy(() -> new LumaPicture(new byte[5], 0)).hasMessageContaining("14400");
    }
}
