package io.fengsui.fieldsim.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamRecipeTest {
    @Test
    void eachActiveStreamIsActiveForATwentieth() {
        for (StreamRecipe recipe : StreamRecipe.of(List.of(StreamClass.VBR, StreamClass.CBR_NIGHT))) {
            StreamTruth truth = StreamTruth.of(recipe);
            assertThat(truth.happenings()).singleElement().satisfies(happening -> {
                assertThat(happening.lastFrame()).isLessThan(truth.frames());
                double part = (happening.lastFrame() - happening.firstFrame() + 1.0) / truth.frames();
                assertThat(part).isCloseTo(0.05, within(0.01));
            });
        }
    }

    @Test
    void nothingHappensInAQuietStream() {
        assertThat(StreamTruth.of(new StreamRecipe(StreamClass.QUIET, 1)).happenings())
                .isEmpty();
    }

    @Test
    void noTwoRecipesMakeTheSameFile() {
        List<StreamRecipe> all = StreamRecipe.of(List.of(StreamClass.values()));
        assertThat(all).extracting(StreamRecipe::fingerprint).doesNotHaveDuplicates();
        assertThat(all).extracting(StreamRecipe::name).doesNotHaveDuplicates();
    }

    @Test
    void happeningsBeginAtDifferentPlacesBetweenKeyframes() {
        assertThat(StreamRecipe.of(List.of(StreamClass.VBR)).stream()
                        .map(recipe ->
                                StreamTruth.of(recipe).happenings().getFirst().firstFrame() % 30))
                .doesNotHaveDuplicates()
                .doesNotContain(0);
    }
}
