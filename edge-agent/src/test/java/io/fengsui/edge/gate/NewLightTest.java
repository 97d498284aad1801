package io.fengsui.edge.gate;

import static io.fengsui.edge.gate.FlagCamera.HOUSE;
import static io.fengsui.edge.gate.FlagCamera.SECOND;
import static io.fengsui.edge.gate.FlagCamera.STILL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Lamps go on before a trusted camera: sizes say nothing for some seconds, and the first small picture by the new light is the
 * background. Whoever came in these seconds was found by nobody: of a site whose light went down 21 of 72 happenings were missed.
 */
class NewLightTest {
    private static final FlagCamera.Scene SOMEBODY = new FlagCamera.Scene(false, true);
    private static final int GOP = 2 * SECOND;

    private static FlagCamera trusted() {
        FlagCamera camera = new FlagCamera();
        camera.watch(GateCase.settings(Duration.ZERO));
        camera.show(STILL, 120 * SECOND);
        assertThat(camera.gate.status().isTrusted()).isTrue();
        // Nothing that sizes could show, even where they listen.
        camera.body = 0;
        camera.light = HOUSE + 40;
        return camera;
    }

    /** Until the sample by the new light was answered. */
    private static void sampled(FlagCamera camera, FlagCamera.Scene scene) {
        for (int i = 0; i < 120 * SECOND; i++) {
            if (camera.next(scene).reason() == GateReason.CHECK) {
                return;
            }
        }
        throw new AssertionError("no sample in two minutes");
    }

    @Test
    void whoComesWhileTheLightIsNewIsFoundByTheNextKeyframes() {
        FlagCamera camera = trusted();
        sampled(camera, STILL);
        // The look by the new light is over.
        camera.show(STILL, GOP);
        assertThat(camera.times(GateReason.FIRST)).isEqualTo(1);
        assertThat(camera.show(SOMEBODY, 4 * SECOND)).isBetween(0, GOP + SECOND);
    }

    @Test
    void whoStoodThereAsTheLightWasTakenIsLookedAtWhenThereIsTime() {
        FlagCamera camera = trusted();
        sampled(camera, SOMEBODY);
        assertThat(camera.show(SOMEBODY, 4 * SECOND)).isBetween(0, GOP + SECOND);
        assertThat(camera.times(GateReason.FIRST)).isEqualTo(1);
    }

    @Test
    void aLightThatStaysCostsOneLook() {
        FlagCamera camera = trusted();
        sampled(camera, STILL);
        camera.show(STILL, 50 * SECOND);
        assertThat(camera.times(GateReason.FIRST)).isEqualTo(1);
        assertThat(camera.looks()).isEqualTo(1);
        assertThat(camera.gate.status().isTrusted()).isTrue();
    }
}
