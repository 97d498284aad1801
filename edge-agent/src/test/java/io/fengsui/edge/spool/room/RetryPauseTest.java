package io.fengsui.edge.spool.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A disk that is worn, full or slow is not tried more often than it bears. */
class RetryPauseTest {
    private static final long MEGABYTE = 1 << 20;

    private long usable = MEGABYTE;
    private long now = 1_000;
    private final RetryPause pause = new RetryPause(() -> usable, now);

    private boolean isOverAfter(Duration more) {
        now += more.toNanos();
        return pause.isOver(now);
    }

    @Test
    void whatTookLongToVerifyIsNotVerifiedAgainSoonWhereAWriteFails() {
        pause.tried(now - Duration.ofSeconds(40).toNanos(), now);
        pause.notWritten(now);
        assertThat(isOverAfter(Duration.ofSeconds(399))).isFalse();
        assertThat(isOverAfter(Duration.ofSeconds(1))).isTrue();
        pause.worked();
        pause.notWritten(now);
        assertThat(isOverAfter(Duration.ofSeconds(1))).as("it worked meanwhile").isTrue();
    }

    @Test
    void aRebuildThatFoundNoRoomWaitsForAsMuchAsItNeeds() {
        pause.notRebuilt(now, 64 * MEGABYTE);
        usable = 63 * MEGABYTE;
        assertThat(isOverAfter(Duration.ofMinutes(6))).isFalse();
        usable = 65 * MEGABYTE;
        assertThat(isOverAfter(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void roomThatComesAndGoesMakesNoRebuildOfEach() {
        pause.notRebuilt(now, 2 * MEGABYTE);
        usable = 100 * MEGABYTE;
        assertThat(isOverAfter(Duration.ofSeconds(299))).isFalse();
        assertThat(isOverAfter(Duration.ofSeconds(1))).isTrue();
        usable = MEGABYTE;
        pause.notRebuilt(now, 2 * MEGABYTE);
        usable = 100 * MEGABYTE;
        assertThat(isOverAfter(Duration.ofSeconds(299))).isFalse();
    }

    @Test
    void roomForWhatIsQuickIsUsedAtOnce() {
        pause.notOpened(now);
        usable = 3 * MEGABYTE;
        assertThat(isOverAfter(Duration.ofSeconds(1))).isTrue();
    }
}
