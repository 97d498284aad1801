package io.fengsui.edge.vision.worker.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.edge.vision.model.InputSpec;
import io.fengsui.edge.vision.model.InputSpec.Colour;
import io.fengsui.edge.vision.model.InputSpec.Placement;
import io.fengsui.edge.vision.model.ModelManifest.Reading;
import io.fengsui.protocol.value.Box;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputReaderTest {
    private static final int BINS = 11;
    private static final Reading NANODET = new Reading(List.of(8, 16), BINS, 0.4f, 0.5f, 10);
    private static final Reading YOLOX = new Reading(List.of(8, 16), 0, 0.4f, 0.5f, 10);

    @Test
    void nanodetGivesTheExpectedDistanceFromTheCellsCentre() {
        // 32x16 pixels: 4x2 cells of stride 8, then 2x1 of stride 16.
        float[] scores = new float[10 * 3];
        float[] distances = new float[10 * 4 * BINS];
        Arrays.fill(distances, -100);
        int cell = 8 + 1;
        scores[cell * 3 + 2] = 0.75f;
        for (int side = 0; side < 4; side++) {
            distances[(cell * 4 + side) * BINS + side] = 50;
            distances[(cell * 4 + side) * BINS + side + 1] = 50;
        }
        List<Candidate> found = new NanodetReader(NANODET, 3).read(List.of(scores, distances), 32, 16);
        // Half way between bins: 0.5, 1.5, 2.5 and 3.5 strides from (24, 8).
        assertThat(found).containsExactly(new Candidate(2, 0.75f, 24 - 8, 8 - 24, 24 + 40, 8 + 56));
    }

    @Test
    void yoloxAddsTheGridAndMultipliesScores() {
        float[] rows = new float[10 * 7];
        int at = 5 * 7; // second row, second column of stride 8
        rows[at] = 0.5f;
        rows[at + 1] = 0.25f;
        rows[at + 2] = (float) Math.log(2);
        rows[at + 3] = 0;
        rows[at + 4] = 0.9f;
        rows[at + 6] = 0.8f;
        List<Candidate> found = new YoloxReader(YOLOX, 2).read(List.of(rows), 32, 16);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().label()).isEqualTo(1);
        assertThat(found.getFirst().score()).isCloseTo(0.72f, within(1e-6f));
        assertThat(found.getFirst().left()).isCloseTo(12 - 8, within(1e-4f));
        assertThat(found.getFirst().top()).isCloseTo(10 - 4, within(1e-4f));
        assertThat(found.getFirst().right()).isCloseTo(12 + 8, within(1e-4f));
        assertThat(found.getFirst().bottom()).isCloseTo(10 + 4, within(1e-4f));
    }

    @Test
    void fastestDetIsReadChannelByChannel() {
        Reading reading = new Reading(List.of(16), 0, 0.5f, 0.5f, 10);
        float[] channels = new float[7 * 2];
        // The right one of two cells of 16 pixels, two labels.
        channels[1] = 0.9f;
        channels[2 + 1] = 0.5f;
        channels[4 + 1] = 0;
        channels[6 + 1] = 0;
        channels[8 + 1] = -1;
        channels[10 + 1] = 0.1f;
        channels[12 + 1] = 0.9f;
        List<Candidate> found = new FastestDetReader(reading, 2).read(List.of(channels), 32, 16);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().label()).isEqualTo(1);
        assertThat(found.getFirst().score()).isCloseTo(0.9f, within(1e-5f));
        float centre = (float) (1 + Math.tanh(0.5)) / 2 * 32;
        assertThat(found.getFirst().left()).isCloseTo(centre - 8, within(1e-3f));
        assertThat(found.getFirst().right()).isCloseTo(centre + 8, within(1e-3f));
        float half = (float) (1 / (1 + Math.E)) * 16 / 2;
        assertThat(found.getFirst().top()).isCloseTo(-half, within(1e-3f));
        assertThat(found.getFirst().bottom()).isCloseTo(half, within(1e-3f));
    }

    @Test
    void anOutputOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> new YoloxReader(YOLOX, 2).read(List.of(new float[71]), 32, 16))
                .hasMessageContaining("has 71 values, not 70");
        assertThatThrownBy(() -> new NanodetReader(NANODET, 3).read(List.of(new float[30], new float[10]), 32, 16))
                .hasMessageContaining("output 'distances'");
    }

    @Test
    void overlappingBoxesOfOneClassBecomeOneAndOthersStay() {
        Candidate best = new Candidate(0, 0.9f, 0, 0, 10, 10);
        Candidate same = new Candidate(0, 0.8f, 1, 0, 10, 10);
        Candidate otherClass = new Candidate(1, 0.7f, 0, 0, 10, 10);
        Candidate elsewhere = new Candidate(0, 0.6f, 20, 0, 30, 10);
        assertThat(NonMaximumSuppression.keep(List.of(elsewhere, same, otherClass, best), YOLOX))
                .containsExactly(best, otherClass, elsewhere);
    }

    @Test
    void aLetterboxedBoxComesBackToThePicture() {
        InputSpec input = new InputSpec(
                "images", 416, 416, 32, Colour.BGR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f), Placement.CENTRE, 0);
        Letterbox wide = Letterbox.fit(1920, 1080, input);
        assertThat(wide).isEqualTo(new Letterbox(0, 91, 416, 234));
        assertThat(wide.toPicture(104, 91, 208, 208)).isEqualTo(new Box(0.25f, 0, 0.5f, 0.5f));
        assertThat(wide.toPicture(-5, 0, 500, 400)).isEqualTo(new Box(0, 0, 1, 1));
        Letterbox tall = Letterbox.fit(480, 640, input.resized(320, 192));
        assertThat(tall).isEqualTo(new Letterbox(88, 0, 144, 192));
    }
}
