package io.fengsui.edge.gate;

import static io.fengsui.edge.gate.FlagCamera.SECOND;
import static io.fengsui.edge.gate.FlagCamera.STILL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.GateSettings.Interest;
import io.fengsui.protocol.value.Box;
import io.fengsui.protocol.value.Detection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the detector finds in the hidden left quarter of a camera. */
class HiddenThingsTest {
    private final FlagCamera camera = new FlagCamera();
    private int views;

    @BeforeEach
    void watchForSmoke() {
        GateSettings masked = GateCase.masked(Duration.ofSeconds(10));
        Interest interest = masked.interest();
        camera.watch(masked.with(
                new Interest(Set.of(), Set.of("smoke"), interest.timetable(), 0, interest.pace(), interest.masks())));
        camera.show(STILL, 60 * SECOND);
    }

    /** Of another size in each look, so that no two of them are at the same place. */
    private Detection smoke() {
        float width = views++ % 2 == 0 ? 0.1f : 0.2f;
        return new Detection("smoke", 0.8f, new Box(0.02f, 0.4f, 0.02f + width, 0.8f), 0);
    }

    private static Detection person(double left) {
        return new Detection("person", 0.9f, new Box((float) left, 0.4f, (float) left + 0.08f, 0.8f), 0);
    }

    @Test
    void smokeWhereMovementIsHiddenIsFollowedAsAnywhere() {
        camera.detector = (_, _) -> List.of(smoke());
        camera.show(STILL, 20 * SECOND);
        assertThat(camera.gate.counters().openings(GateReason.TIMETABLE)).isEqualTo(1);
        assertThat(camera.times(GateReason.FOLLOW)).isGreaterThan(8);
        assertThat(camera.gate.status().isAwake()).isTrue();
    }

    /** One overlooked detection, while no small picture can show what stands where movement is hidden. */
    @Test
    void whoeverStandsWhereMovementIsHiddenIsNotGoneWithOneOverlookedDetection() {
        camera.detector = (_, _) -> List.of(person(0.1));
        camera.show(STILL, 20 * SECOND);
        assertThat(camera.gate.status().isAwake()).isTrue();

        boolean[] isOverlooked = {true};
        camera.detector = (_, _) -> {
            boolean isNow = isOverlooked[0];
            isOverlooked[0] = false;
            return isNow ? List.of() : List.of(person(0.1));
        };
        camera.told.clear();
        camera.show(STILL, 20 * SECOND);
        assertThat(isOverlooked[0]).isFalse();
        assertThat(camera.told).as("of emptiness").isEmpty();
        assertThat(camera.gate.status().isAwake()).isTrue();
    }

    /** It has stood there for more than a minute, and is left to the clock. */
    @Test
    void whatIsLeftToTheClockThereIsLookedForWhenOneLookOverlooksIt() {
        camera.detector = (_, _) -> List.of(person(0.1));
        camera.show(STILL, 120 * SECOND);
        assertThat(camera.gate.status().isAwake()).isFalse();

        int[] overlooked = {1};
        camera.detector = (_, _) -> overlooked[0]-- > 0 ? List.of() : List.of(person(0.1));
        camera.told.clear();
        camera.show(STILL, 40 * SECOND);
        assertThat(overlooked[0]).isNotPositive();
        assertThat(camera.told).as("of emptiness").isEmpty();
    }

    /** Every third look overlooks it. */
    @Test
    void whatIsFoundNowAndThenWhereMovementIsHiddenIsLeftToTheClockToo() {
        int[] looks = {0};
        camera.detector = (_, _) -> looks[0]++ % 3 == 2 ? List.of() : List.of(person(0.1));
        camera.show(STILL, 180 * SECOND);
        assertThat(camera.gate.status().isAwake()).isFalse();
        camera.show(STILL, 300 * SECOND);
        assertThat(camera.looks())
                .as("a look each ten seconds, and now and then some more")
                .isLessThan(100);
    }

    /** Rules see whatever a look shows: what nobody told them that it is gone would stay open, and swallow who comes next. */
    @Test
    void whoeverWentByThereWhileTheClockLookedIsToldToBeGone() {
        camera.detector = (_, _) -> List.of(person(0.02 + 0.03 * (views++ % 5)));
        camera.show(STILL, 10 * SECOND);
        assertThat(camera.times(GateReason.TIMETABLE)).isEqualTo(1);
        assertThat(camera.gate.status().isAwake()).isFalse();
        camera.detector = (_, _) -> List.of();
        camera.told.clear();
        camera.show(STILL, 12 * SECOND);
        assertThat(camera.told)
                .extracting(EmptyScene::reason)
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly(GateReason.CLOSING);
        camera.show(STILL, 60 * SECOND);
        camera.told.clear();
        camera.show(STILL, 60 * SECOND);
        assertThat(camera.told).as("once that was seen").isEmpty();
    }

    @Test
    void whoeverIsGoneFromThereIsLookedForSeveralTimesAndLetGo() {
        camera.detector = (_, _) -> List.of(person(0.1));
        camera.show(STILL, 20 * SECOND);
        camera.detector = (_, _) -> List.of();
        camera.show(STILL, 20 * SECOND);
        assertThat(camera.times(GateReason.FOLLOW)).isGreaterThan(AutoAnswer.EMPTY_LOOKS);
        assertThat(camera.gate.status().isAwake()).isFalse();
    }
}
