package io.fengsui.edge.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.gate.admission.FirstDesk;
import io.fengsui.edge.gate.admission.SurgeDesk;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A camera that is looked at more often for a while: 25 pictures a second, one keyframe in two. */
class RaisedGateTest {
    private static final long PICTURE = TimeUnit.MILLISECONDS.toNanos(40);

    private final CameraGate gate = new CameraGate(
            "cam",
            new CameraGate.Desks(new SurgeDesk(() -> 1), new SurgeDesk(() -> 1), new FirstDesk(), scene -> {}),
            new SplittableRandom(1));
    private long index;

    private int looks(Duration time) {
        int looks = 0;
        for (long left = time.toNanos(); left > 0; left -= PICTURE) {
            AccessUnit unit = new AccessUnit(
                    Codec.H264,
                    new byte[] {0, 0, 0, 1, 0x65},
                    index % 50 == 0,
                    true,
                    index * 3600,
                    index * PICTURE,
                    1,
                    index);
            index++;
            CameraGate.Wish wish = gate.onUnit(unit);
            gate.granted(wish);
            looks += wish.reason().isOpen() ? 1 : 0;
        }
        return looks;
    }

    @Test
    void isLookedAtMoreOftenAndThenAsBeforeByItself() {
        gate.settings().configure(GateSettings.KEYFRAMES);
        assertThat(looks(Duration.ofSeconds(10))).isEqualTo(5);
        long until = index * PICTURE + TimeUnit.SECONDS.toNanos(10);
        gate.settings().raise(Duration.ofMillis(180), until);
        assertThat(gate.settings().isRaised(index * PICTURE)).isTrue();
        assertThat(looks(Duration.ofSeconds(10))).as("five a second").isEqualTo(50);
        assertThat(gate.settings().isRaised(index * PICTURE)).isFalse();
        assertThat(looks(Duration.ofSeconds(10))).isEqualTo(5);
    }

    @Test
    void aNewConfigurationWaitsUntilThen() {
        gate.settings().raise(Duration.ofMillis(180), TimeUnit.SECONDS.toNanos(10));
        gate.settings().configure(GateSettings.of("keyframe", Duration.ofHours(1)));
        assertThat(looks(Duration.ofSeconds(10))).isEqualTo(50);
        assertThat(looks(Duration.ofSeconds(10))).isLessThanOrEqualTo(1);
    }

    @Test
    void noMoreThanAFewCamerasAreLookedAtMoreOftenAtOnce() {
        ActivityGate all = new ActivityGate(Look::release, scene -> {});
        long until = TimeUnit.SECONDS.toNanos(10);
        for (int i = 0; i < ActivityGate.MOST_RAISED; i++) {
            assertThat(all.raise("cam-" + i, Duration.ZERO, 0, until)).isTrue();
        }
        assertThat(all.raise("one-more", Duration.ZERO, 0, until)).isFalse();
        assertThat(all.raise("cam-3", Duration.ZERO, 1, until))
                .as("it has its place")
                .isTrue();
        assertThat(all.raise("one-more", Duration.ZERO, until, 2 * until))
                .as("the others are over")
                .isTrue();
    }

    @Test
    void whoAsksTakesNothingAway() {
        SettingsInForce settings = new SettingsInForce();
        settings.raise(Duration.ofMillis(180), 50);
        assertThat(settings.at(60)).as("over").isEqualTo(GateSettings.KEYFRAMES);
        assertThat(settings.at(40))
                .as("asked before its end: it was not wiped by who asked after it")
                .isEqualTo(GateSettings.of("all", Duration.ofMillis(180)));
        settings.at(60);
        settings.raise(Duration.ofMillis(200), 90);
        assertThat(settings.now()).isEqualTo(GateSettings.of("all", Duration.ofMillis(200)));
        assertThat(settings.at(90)).isEqualTo(GateSettings.KEYFRAMES);
    }
}
