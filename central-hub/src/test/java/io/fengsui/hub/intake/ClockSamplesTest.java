package io.fengsui.hub.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockSamplesTest {
    private static final Instant START = Instant.parse("2026-11-21T02:00:00Z");
    private final ClockSamples samples = new ClockSamples();

    @Test
    void believesTheSampleThatWasLeastOnItsWay() {
        assertThat(add(0, 5_000, 300, "a")).isEqualTo(4_700);
        assertThat(add(10, 5_000, 20, "a")).isEqualTo(4_980);
        assertThat(add(20, 5_000, 400, "a")).isEqualTo(4_980);
    }

    @Test
    void forgetsWhatIsOlderThanTheWindow() {
        add(0, 5_000, 20, "a");
        assertThat(add(599, 5_000, 100, "a")).isEqualTo(4_980);
        assertThat(add(601, 5_000, 100, "a")).isEqualTo(4_900);
    }

    @Test
    void beginsAnewWhenTheEdgesClockIsSet() {
        add(0, 10_000_000, 20, "a");
        assertThat(add(5, 0, 30, "a")).isEqualTo(-30);
    }

    @Test
    void beginsAnewWhenTheEdgeHasBooted() {
        add(0, 5_000, 20, "a");
        assertThat(add(5, 4_900, 30, "b")).isEqualTo(4_870);
    }

    @Test
    void tellsWhichClockAMomentWasReadFrom() {
        assertThat(samples.of(moment(0, 0, "a"))).isEmpty();
        add(10, 5_000, 20, "a");
        assertThat(samples.of(moment(20, 5_000, "a"))).contains(Duration.ofMillis(4_980));
        assertThat(samples.of(moment(20, 5_100, "a"))).contains(Duration.ofMillis(4_980));
        assertThat(samples.of(moment(20, -259_195_000, "a"))).contains(Duration.ofMillis(-259_195_020));
        assertThat(samples.of(moment(5, 0, "a"))).contains(Duration.ofMillis(-20));
        assertThat(samples.of(moment(20, 0, "b"))).isEmpty();
    }

    private static Moment moment(long seconds, long offset, String boot) {
        Instant wall = START.plusSeconds(seconds).plusMillis(offset);
        return new Moment(
                wall, ClockQuality.SYNCED, boot, Duration.ofSeconds(seconds).toNanos());
    }

    /** A sample taken after so many seconds with this true offset and delay, both in milliseconds. */
    private long add(long seconds, long offset, long delay, String boot) {
        long nanos = Duration.ofSeconds(seconds).toNanos();
        Instant sent = START.plusSeconds(seconds);
        Moment edge = new Moment(sent.plusMillis(offset), ClockQuality.SYNCED, boot, nanos);
        return samples.add(
                        edge,
                        sent.plusMillis(delay),
                        nanos + Duration.ofMillis(delay).toNanos())
                .toMillis();
    }
}
