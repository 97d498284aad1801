package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others are told once that nothing can be committed, and once that it can be again. */
class SpoolOutageTest {
    @TempDir
    private Path directory;

    private final ManualTimeSource time = new ManualTimeSource(TestingEvents.NOON);
    private final List<Boolean> told = new ArrayList<>();

    private Spool start() {
        Spool spool = Spool.openOrWait(SpoolSettings.in(directory), Checks.AT_ONCE, time);
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
            assertThat(told).as("the first commit of all").containsExactly(false);
            told.clear();
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
            assertThat(spool.idle()).isTrue();
            for (int i = 0; i < 3; i++) {
                breakIt();
                put(spool);
                assertThat(spool.commit()).isFalse();
                mendIt();
                time.advance(Duration.ofSeconds(4));
                assertThat(spool.commit()).isTrue();
            }
            assertThat(told).containsExactly(false);
        }
    }

    @Test
    void whoStartsOnADiskThatTakesNothingKnowsItAndIsToldTheEnd() throws Exception {
        TestingLock.shut(directory);
        try (Spool spool = start()) {
            put(spool);
            for (int i = 0; i < 20; i++) {
                assertThat(spool.idle()).isFalse();
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(told).isEmpty();
            TestingLock.heal(directory, time);
            assertThat(spool.idle()).isTrue();
            assertThat(told).containsExactly(false);
        }
    }

    /** It can be opened and read, and takes no commit. */
    private void breakCommits() throws SQLException {
        trigger("CREATE TRIGGER no_commit BEFORE INSERT ON meta WHEN new.key='batch'"
                + " BEGIN SELECT RAISE(ABORT, 'no commit'); END");
    }

    /** A spool that committed, was closed, and takes no commit from the next run. */
    private void leaveOneThatTakesNoMore() throws SQLException {
        try (Spool spool = start()) {
            put(spool);
            assertThat(spool.commit()).isTrue();
        }
        told.clear();
        breakCommits();
    }

    @Test
    void aDiskThatOpensButTakesNoCommitIsNotToldToWorkThoughNothingIsToBeWritten() throws Exception {
        leaveOneThatTakesNoMore();
        TestingLock.shut(directory);
        try (Spool spool = start()) {
            assertThat(spool.isShut()).isTrue();
            TestingLock.open(directory);
            for (int i = 0; i < 90; i++) {
                time.advance(Duration.ofSeconds(1));
                assertThat(spool.idle()).isFalse();
            }
            assertThat(spool.isOpen()).isTrue();
            assertThat(told).isEmpty();
            trigger("DROP TRIGGER no_commit");
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).isTrue();
            assertThat(told).containsExactly(false);
        }
    }

    @Test
    void aStartOnADiskThatTakesNoCommitIsToldAfterSomeSecondsThoughNothingIsToBeWritten() throws Exception {
        leaveOneThatTakesNoMore();
        try (Spool spool = start()) {
            for (int i = 0; i < 7; i++) {
                assertThat(spool.idle()).isFalse();
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(told).containsExactly(true);
        }
    }

    @Test
    void anOpeningThatIsDoneAgainIsNoCommit() throws Exception {
        leaveOneThatTakesNoMore();
        TestingLock.shut(directory);
        try (Spool spool = start()) {
            AtomicInteger opened = new AtomicInteger();
            spool.onOpen(() -> {
                if (opened.getAndIncrement() == 0) {
                    throw new IllegalStateException("not now");
                }
            });
            TestingLock.open(directory);
            for (int i = 0; i < 90; i++) {
                time.advance(Duration.ofSeconds(1));
                assertThat(spool.idle()).isFalse();
            }
            assertThat(told).isEmpty();
        }
    }

    @Test
    void whatGaveWayInMemoryIsToldAsLateAndWhatWasRefusedOnlyAsLost() throws Exception {
        SpoolSettings few = new SpoolSettings(directory, 64 << 20, Duration.ofDays(7), 1 << 30, 10, 4);
        TestingVolatile fromMemory = new TestingVolatile();
        try (Spool spool = Spool.openOrWait(few, Checks.AT_ONCE, time)) {
            spool.tellGapsBy(TestingEvents::gap);
            spool.tellVolatileTo(fromMemory);
            put(spool);
            assertThat(spool.commit()).isTrue();
            breakIt();
            for (int i = 0; i < 4; i++) {
                Event event = event(Lane.URGENT, Phase.INSTANT);
                fromMemory.givingWay.addAll(i == 2 ? fromMemory.offered : List.of());
                assertThat(spool.append(slot(event))).isTrue();
                assertThat(spool.commit()).isFalse();
            }
            Event refused = event(Lane.URGENT, Phase.INSTANT);
            assertThat(spool.append(slot(refused))).isFalse();
            mendIt();
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).isTrue();
            assertThat(told(spool)).containsExactlyInAnyOrder("untold 2", "refused 1");
        }
    }

    private static Event decoded(byte[] body) {
        try {
            return (Event) WireRecords.decode(body);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> told(Spool spool) {
        try (SpoolReader reader = spool.newReader()) {
            return reader.records(Lane.URGENT, 1, 100, 1 << 20).stream()
                    .map(record -> decoded(record.body()))
                    .filter(event -> event.kind().equals(EventKind.RECORDS_DROPPED))
                    .map(event -> event.attributes().get("cause") + " "
                            + event.attributes().get("records"))
                    .toList();
        }
    }
}
