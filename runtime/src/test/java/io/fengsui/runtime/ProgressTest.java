package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-05-01T08:00:00Z"));
    private final Progress progress = new Progress("decide", time::steadyNanos);

    @Test
    void standsSinceItLastGotOn() {
        time.advance(Duration.ofSeconds(20));
        assertThat(progress.standing()).isEqualTo(Duration.ofSeconds(20));
        progress.made();
        time.advance(Duration.ofSeconds(3));
        assertThat(progress.standing()).isEqualTo(Duration.ofSeconds(3));
        assertThat(progress.thread()).isEqualTo("decide");
    }

    @Test
    void onlyWhatEndedHasEnded() {
        assertThat(progress.hasEnded()).isFalse();
        progress.ended();
        assertThat(progress.hasEnded()).isTrue();
    }
}
