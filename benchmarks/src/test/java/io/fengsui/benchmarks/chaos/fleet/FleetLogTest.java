package io.fengsui.benchmarks.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetLogTest {
    private static final FleetLog LOG = FleetLog.parse(List.of(
            "tried 0",
            "12:00 WARN what a library says",
            "served 500000000 500000000",
            "lost 1000000000",
            "tried 1100000000",
            "tried 1500000000",
            "tried 2099999999",
            "tried 2100000000",
            "refused 2150000000 the hub is busy",
            "served 2200000000 200000000",
            "served 2300000000 200000000"));

    @Test
    void countsTheMostThatCameInAnySecond() {
        assertThat(LOG.peak(0)).isEqualTo(2);
        assertThat(LOG.peak(2_000_000_000L)).as("came at 2.0 s and 2.1 s").isEqualTo(2);
        assertThat(LOG.peak(2_250_000_000L)).isEqualTo(1);
        assertThat(LOG.peak(3_000_000_000L)).isZero();
        assertThat(LOG.tries()).isEqualTo(5);
    }

    @Test
    void knowsWhoIsServedAndSinceWhen() {
        assertThat(LOG.connected()).isEqualTo(2);
        assertThat(LOG.nth(2, 1_000_000_000L)).hasValue(2_300_000_000L);
        assertThat(LOG.nth(3, 1_000_000_000L)).isEmpty();
        assertThat(LOG.refusals()).isEqualTo(1);
    }

    @Test
    void ranksWaits() {
        assertThat(LOG.wait(0.99, 0)).isEqualTo(500_000_000L);
        assertThat(LOG.wait(0.5, 0)).isEqualTo(200_000_000L);
        assertThat(LOG.wait(0.99, 1_000_000_000L)).isEqualTo(200_000_000L);
        assertThat(LOG.wait(0.99, 9_000_000_000L)).isZero();
    }

    @Test
    void leavesOutTheLineThatIsBeingWritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("log"), "tried 1\ntried 2");
        assertThat(FleetLog.read(file).tries()).isEqualTo(1);
        byte[] cut = Arrays.copyOf("tried 1\nrefused 2 \u5fd9".getBytes(StandardCharsets.UTF_8), 19);
        assertThat(FleetLog.read(Files.write(file, cut)).refusals()).isZero();
    }
}
