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
        camera.watch(masked.with(new Interest(
                Set.of(), Set.of("smoke"), interest.timetable(), 0, interest.pace(), interest.masks())));
        camera.show(STILL, 60 * SECOND);
    }

    /** Of another size in each look, so that no two of them are at the same place. */
    private Detection smoke() {
        float width = views++ % 2 == 0 ? 0.1f : 0.2f;
        return new Detection("smoke", 0.8f, new Box(0.02f, 0.4f, 0.02f + width, 0.8f), 0);
    }

    @Test
    void smokeWhereMovementIsHiddenIsFollowedAsAnywhere() {
        camera.detector = (_, _) -> List.of(smoke());
        camera.show(STILL, 20 * SECOND);
        assertThat(camera.gate.counters().openings(GateReason.TIMETABLE)).isEqualTo(1);
        assertThat(camera.times(GateReason.FOLLOW)).isGreaterThan(8);
        assertThat(camera.gate.status().isAwake()).isTrue();
    }
}
