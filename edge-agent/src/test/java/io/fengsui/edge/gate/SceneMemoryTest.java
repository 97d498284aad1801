package io.fengsui.edge.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.GateSettings.Interest;
import io.fengsui.edge.gate.GateSettings.Pace;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import io.fengsui.rules.geometry.Mask;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SceneMemoryTest {
    private static Interest interest(Mask.Hides hides) {
        Mask mask = new Mask("part", hides, List.of(), GateCase.LEFT_QUARTER.polygon());
        return new Interest(
                Set.of("car", "person", "smoke"),
                Set.of("smoke"),
                Duration.ZERO,
                0,
                new Pace(Duration.ofSeconds(4), Duration.ofSeconds(5)),
                List.of(mask));
    }

    private static SceneMemory of(List<Detection> detections, Interest interest, SceneMemory before) {
        return SceneMemory.of(detections, interest, before, GateReason.FOLLOW);
    }

    private static Detection car(double left) {
        return new Detection("car", 0.8f, new Box((float) left, 0.4f, (float) left + 0.2f, 0.6f), 0);
    }

    /** A car of a fifth of the picture's width; the left quarter is hidden. */
    @ParameterizedTest
    @CsvSource({
        // hides, left -> counts, aside
        "MOTION,  0.5,  1, 0",
        "MOTION,  0.2,  1, 0",
        "MOTION,  0.13, 1, 0",
        "MOTION,  0.09, 0, 1",
        "MOTION,  0.0,  0, 1",
        "OBJECTS, 0.0,  0, 0",
        "OBJECTS, 0.5,  1, 0",
        "PICTURE, 0.0,  0, 0",
    })
    void whatMovesWhereMovementIsHiddenLiesAside(Mask.Hides hides, double left, int counts, int aside) {
        SceneMemory scene = of(List.of(car(left)), interest(hides), SceneMemory.NOTHING);
        assertThat(scene.found()).hasSize(counts);
        assertThat(scene.aside()).hasSize(aside);
    }

    @Test
    void whatStandsStillThereCounts() {
        Interest interest = interest(Mask.Hides.MOTION);
        SceneMemory first = of(List.of(car(0)), interest, SceneMemory.NOTHING);
        SceneMemory empty = SceneMemory.NOTHING.after(first, interest, false);
        assertThat(of(List.of(car(0.04)), interest, empty).aside())
                .as("it drives on")
                .hasSize(1);
        SceneMemory second = of(List.of(car(0)), interest, empty);
        assertThat(second.found()).hasSize(1);
        SceneMemory third = of(List.of(car(0)), interest, second);
        assertThat(third.isSameAs(second)).isTrue();
    }

    /** Smoke and water never look the same twice. */
    @Test
    void whatIsTooSlowToMoveCountsWhereverItIs() {
        Detection smoke = new Detection("smoke", 0.8f, new Box(0, 0.4f, 0.2f, 0.6f), 0);
        SceneMemory scene = of(List.of(smoke), interest(Mask.Hides.MOTION), SceneMemory.NOTHING);
        assertThat(scene.found()).containsExactly(smoke);
    }

    /** It may have stood there all along. */
    @Test
    void whatTheFirstLookAtAStreamFindsCounts() {
        SceneMemory scene =
                SceneMemory.of(List.of(car(0)), interest(Mask.Hides.MOTION), SceneMemory.NOTHING, GateReason.FIRST);
        assertThat(scene.found()).hasSize(1);
    }

    @Test
    void whatNoRuleAsksForIsNeither() {
        Detection bird = new Detection("bird", 0.9f, new Box(0, 0.4f, 0.2f, 0.6f), 0);
        SceneMemory scene = of(List.of(bird), interest(Mask.Hides.MOTION), SceneMemory.NOTHING);
        assertThat(scene).isEqualTo(SceneMemory.NOTHING);
    }
}
