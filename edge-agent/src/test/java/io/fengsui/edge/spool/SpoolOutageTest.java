package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.ManualTimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others are told once that nothing can be committed, and once that it can be again. */
class SpoolOutageTest {
    @TempDir
    private Path directory;

    private final ManualTimeSource time = new ManualTimeSource(TestingEvents.NOON);
    private final List<Boolean> told = new ArrayList<>();

    private Spool start() {
        Spool spool = Spool.openOrWait(SpoolSettings.in(directory), time);
        spool.onOutage(told::add);
        return spool;
    }

    private static void put(Spool spool) {
        assertThat(spool.append(slot(event(Lane.URGENT, Phase.INSTANT)))).isTrue();
    }

    /** Each commit fails. */
    private void trigger(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement run = connection.createStatement()) {
            run.execute("PRAGMA busy_timeout=5000");
            run.execute(statement);
        }
    }

    private void breakIt() throws SQLException {
        trigger("CREATE TRIGGER no_more BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'no more'); END");
    }

    private void mendIt() throws SQLException {
        trigger("DROP TRIGGER no_more");
    }

    @Test
    void aFailureThatLastsIsToldOnceAndItsEndOnce() throws Exception {
        try (Spool spool = start()) {
            put(spool);
            assertThat(spool.commit()).isTrue();
            for (int round = 1; round <= 2; round++) {
                breakIt();
                put(spool);
                for (int second = 0; second < 60; second++) {
                    assertThat(spool.idle()).isFalse();
                    time.advance(Duration.ofSeconds(1));
                    assertThat(told).hasSize(second < 5 ? 2 * round - 2 : 2 * round - 1);
                }
                mendIt();
                time.advance(Duration.ofMinutes(1));
                assertThat(spool.idle()).isTrue();
                assertThat(spool.idle()).isTrue();
                assertThat(told).hasSize(2 * round).last().isEqualTo(false);
            }
            assertThat(told).containsExactly(true, false, true, false);
        }
    }

    @Test
    void aFailureThatIsOverSoonIsNotTold() throws Exception {
        try (Spool spool = start()) {
            for (int i = 0; i < 3; i++) {
                breakIt();
                put(spool);
                assertThat(spool.commit()).isFalse();
                mendIt();
                time.advance(Duration.ofSeconds(4));
                assertThat(spool.commit()).isTrue();
            }
            assertThat(told).isEmpty();
        }
    }

    @Test
    void whoStartsOnADiskThatTakesNothingKnowsItAndIsToldTheEnd() throws Exception {
        Path lock = Files.createDirectory(directory.resolve("spool.lock"));
        try (Spool spool = start()) {
            put(spool);
            for (int i = 0; i < 20; i++) {
                assertThat(spool.idle()).isFalse();
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(told).isEmpty();
            Files.delete(lock);
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).isTrue();
            assertThat(told).containsExactly(false);
        }
    }
}
