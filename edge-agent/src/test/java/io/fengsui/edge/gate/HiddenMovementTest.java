package io.fengsui.edge.gate;

import static io.fengsui.edge.gate.FlagCamera.FLAG;
import static io.fengsui.edge.gate.FlagCamera.HOUSE;
import static io.fengsui.edge.gate.FlagCamera.SECOND;
import static io.fengsui.edge.gate.FlagCamera.STILL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.trust.TrustReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A flag in the hidden left quarter of a camera, and somebody outside. */
class HiddenMovementTest {
    private final FlagCamera camera = new FlagCamera();

    @Test
    void withoutAMaskTheFlagWakesTheCamera() {
        camera.watch(GateCase.settings(Duration.ZERO));
        camera.show(STILL, 60 * SECOND);
        camera.show(FLAG, 5 * SECOND);
        assertThat(camera.times(GateReason.SIZE)).isEqualTo(1);
        assertThat(camera.looks()).isGreaterThan(3);
    }

    @Test
    void aGustIsToldAndWakesNobodyAndSomebodyOutsideIsFoundAtOnce() {
        camera.watch(GateCase.masked(Duration.ZERO));
        camera.show(STILL, 60 * SECOND);
        assertThat(camera.gate.status().isTrusted()).isTrue();
        for (int gust = 0; gust < 3; gust++) {
            camera.show(FLAG, 3 * SECOND);
            assertThat(camera.looks()).isZero();
            assertThat(camera.times(GateReason.MASKED)).isBetween(1, 5);
            camera.show(STILL, 57 * SECOND);
            assertThat(camera.looks()).isZero();
        }
        assertThat(camera.told).extracting(EmptyScene::reason).containsOnly(GateReason.MASKED);
        int until = camera.show(new FlagCamera.Scene(false, true), 4 * SECOND);
        assertThat(until).as("pictures until somebody is looked at").isBetween(1, 10);
        assertThat(camera.times(GateReason.LUMA)).isEqualTo(1);
        assertThat(camera.gate.counters().openings(GateReason.LUMA)).isEqualTo(1);
        assertThat(camera.gate.counters().openings(GateReason.SIZE)).isZero();
    }

    /** Several small pictures of one gust are one mistake of sizes; behind a keyframe only what is sudden shows in them. */
    @Test
    void aGustMakesNobodyMuchLessNoticed() {
        camera.isCoursed = true;
        camera.body = 75;
        camera.watch(GateCase.masked(Duration.ZERO));
        camera.show(STILL, 60 * SECOND);
        camera.show(FLAG, 2 * SECOND);
        assertThat(camera.times(GateReason.MASKED)).isGreaterThan(1);
        camera.show(STILL, 40 * SECOND);
        assertThat(camera.gate.status().isTrusted()).isTrue();
        assertThat(camera.show(new FlagCamera.Scene(false, true), 4 * SECOND))
                .as("pictures behind a keyframe until somebody is looked at")
                .isBetween(1, 9);
    }

    /** Sizes learn the flag; then they could not show somebody small, and each keyframe is looked into. */
    @Test
    void aFlagThatWavesAllDayIsLearnedAndSomebodyIsFoundByTheNextKeyframe() {
        camera.watch(GateCase.masked(Duration.ZERO));
        camera.show(STILL, 60 * SECOND);
        camera.show(FLAG, 300 * SECOND);
        assertThat(camera.looks()).isZero();
        assertThat(camera.gate.status().isTrusted()).isFalse();
        camera.show(FLAG, 60 * SECOND);
        assertThat(camera.looks()).isZero();
        assertThat(camera.times(GateReason.MASKED)).as("sizes have learned").isLessThan(3);
        assertThat(camera.times(GateReason.SAMPLE)).as("keyframes in a minute").isEqualTo(30);
        assertThat(camera.show(new FlagCamera.Scene(true, true), 4 * SECOND))
                .as("pictures until somebody is looked at")
                .isBetween(0, 31);
    }

    /** A keyframe each 4.7 s: what the gate counts as seen emptiness the rules must be told, or what was there stays open. */
    @Test
    void whileTheFlagWavesTheRulesAreToldThatWhoeverWasThereIsGone() {
        camera.gop = 70;
        camera.watch(GateCase.masked(Duration.ZERO));
        camera.show(STILL, 60 * SECOND);
        for (int i = 0; i < 5 * SECOND; i++) {
            camera.next(new FlagCamera.Scene(true, true));
        }
        assertThat(camera.gate.status().isAwake()).isTrue();
        camera.told.clear();
        camera.show(FLAG, 70 * SECOND);
        assertThat(camera.gate.status().isAwake()).isFalse();
        List<Long> closing = camera.told.stream()
                .filter(scene -> scene.reason() == GateReason.CLOSING)
                .map(EmptyScene::arrivalNanos)
                .toList();
        assertThat(closing).hasSizeGreaterThanOrEqualTo(5);
        assertThat(closing.getLast() - closing.getFirst()).isGreaterThanOrEqualTo(4_000_000_000L);
    }

    @Test
    void afterTheWindSizesAreTrustedAgain() {
        camera.watch(GateCase.masked(Duration.ZERO));
        camera.show(STILL, 60 * SECOND);
        camera.show(FLAG, 60 * SECOND);
        assertThat(camera.gate.status().trustReason()).isEqualTo(TrustReason.NOISY);
        camera.show(STILL, 400 * SECOND);
        assertThat(camera.gate.status().isTrusted()).isTrue();
    }

    /** It has asked as often as it may, so what comes is a sample, at a keyframe. */
    @Test
    void anotherLightOverManyCamerasOpensNoneThatMayNotAsk() {
        camera.watch(GateCase.masked(Duration.ZERO));
        camera.show(STILL, 60 * SECOND);
        camera.show(FLAG, 3 * SECOND);
        assertThat(camera.times(GateReason.MASKED)).isEqualTo(4);
        for (int other = 0; other < 10; other++) {
            camera.surge.onActive(true, camera.nowNanos());
        }
        camera.light = HOUSE + 40;
        camera.show(FLAG, 2 * SECOND);
        assertThat(camera.times(GateReason.SAMPLE)).isPositive();
        assertThat(camera.looks()).isZero();
    }

    /** A lamp that somebody switches on by walking by. */
    @Test
    void anotherLightOpensSinceNobodyCanSayWhatMoved() {
        camera.watch(GateCase.masked(Duration.ZERO));
        camera.show(STILL, 60 * SECOND);
        camera.light = HOUSE + 40;
        int until = camera.show(new FlagCamera.Scene(false, true), 2 * SECOND);
        assertThat(until).isBetween(1, 10);
        assertThat(camera.gate.counters().openings(GateReason.LUMA)).isEqualTo(1);
    }
}
