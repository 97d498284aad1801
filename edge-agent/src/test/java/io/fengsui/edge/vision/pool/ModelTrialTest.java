package io.fengsui.edge.vision.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelTrialTest {
    private final ModelTrial trial = new ModelTrial();

    @Test
    void threeCrashesWithoutACommonCameraAreTheModelsFault() {
        assertThat(trial.crashed(Set.of("a", "b"), false, 1)).isFalse();
        assertThat(trial.crashed(Set.of("b", "c"), false, 2)).isFalse();
        assertThat(trial.crashed(Set.of("c", "a"), false, 3)).isTrue();
    }

    @Test
    void threeCrashesOnOneCamerasPicturesAreNot() {
        trial.crashed(Set.of("a", "b"), false, 1);
        trial.crashed(Set.of("a"), false, 2);
        assertThat(trial.crashed(Set.of("a", "c"), false, 3)).isFalse();
        assertThat(trial.crashed(Set.of("b"), false, 4))
                .as("the count begins anew")
                .isFalse();
    }

    @Test
    void aNewModelIsBlamedBeforeACamera() {
        trial.crashed(Set.of("a"), true, 1);
        trial.crashed(Set.of("a"), true, 2);
        assertThat(trial.crashed(Set.of("a"), true, 3)).isTrue();
    }

    @Test
    void rareCrashesAreForgiven() {
        long within = ModelTrial.WITHIN.toNanos();
        for (int i = 0; i < 10; i++) {
            assertThat(trial.crashed(Set.of(), false, i * within / 2 + i)).isFalse();
        }
    }
}
