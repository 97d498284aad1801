package io.fengsui.benchmarks.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.hub.store.DatabaseSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1/bench";

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "", "fifty", "1.5", "100001", "99999999999", "--district"})
    void refusesThousandsThatNothingCanBeMeasuredWith(String told) {
        assertThatThrownBy(() -> Server.thousands(new String[] {told}, 60))
                .isInstanceOf(Arguments.RefusedException.class)
                .hasMessage("THOUSANDS is '" + told + "'; it must be a whole number from 1 to 100000, or left out: 60");
    }

    /** Before anything is made or measured. */
    @Test
    void eachBenchmarkRefusesThem() {
        String refused = "THOUSANDS is '0'";
        assertThatThrownBy(() -> HubBenchmark.main(new String[] {"0"})).hasMessageContaining(refused);
        assertThatThrownBy(() -> HubBenchmark.main(new String[] {"--district", "0"}))
                .hasMessageContaining(refused);
        assertThatThrownBy(() -> EventsBenchmark.main(new String[] {"0"})).hasMessageContaining(refused);
        assertThatThrownBy(() -> EventsBenchmark.main(new String[] {"--district", "0"}))
                .hasMessageContaining(refused);
        assertThatThrownBy(() -> FloodBenchmark.main(new String[] {"0"})).hasMessageContaining("SECONDS is '0'");
    }

    @Test
    void takesTheNumberThatIsAskedForOrTheUsualOne() {
        assertThat(Server.thousands(new String[] {"50"}, 60)).isEqualTo(50);
        assertThat(Server.thousands(new String[0], 60)).isEqualTo(60);
        assertThat(Server.writers(new String[] {"50", URL, "bench", "4"})).isEqualTo(4);
        assertThat(Server.writers(new String[] {"50", URL, "bench"})).isOne();
    }

    @Test
    void refusesWhatStandsBehindTheThousandsAndNamesNoServer() {
        assertThatThrownBy(() -> Server.of(new String[] {"50", "--district"}))
                .isInstanceOf(Arguments.RefusedException.class)
                .hasMessageContaining("'--district'");
        assertThatThrownBy(() -> Server.writers(new String[] {"50", URL, "bench", "0"}))
                .hasMessageContaining("WRITERS is '0'");
        assertThat(Server.of(new String[] {"50"})).isNull();
        assertThat(Server.of(new String[] {"50", URL, "bench"})).isInstanceOf(DatabaseSettings.PostgresServer.class);
    }
}
