package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.ManualTimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is verified, which takes long: nothing that is urgent waits for that. */
class SpoolChecksTest {
    @TempDir
    private Path directory;

    private final ManualTimeSource time = new ManualTimeSource(TestingEvents.NOON);
    private final TestingVolatile fromMemory = new TestingVolatile();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Boolean> told = new ArrayList<>();
    private boolean isSlow;

    private Spool start() {
        Checks checks = new Checks(
                work -> {
                    if (isSlow) {
                        waiting.add(work);
                    } else {
                        work.run();
                    }
                },
                Duration.ZERO);
        Spool spool = Spool.openOrWait(SpoolSettings.in(directory), checks, time);
        spool.tellVolatileTo(fromMemory);
        spool.onOutage(told::add);
        return spool;
    }

    private void checkEnds() {
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
    }

    private void run(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement run = connection.createStatement()) {
            run.execute("PRAGMA busy_timeout=5000");
            run.execute(statement);
        }
    }

    private static Event put(Spool spool, Phase phase) {
        Event event = event(Lane.URGENT, phase);
        assertThat(spool.append(slot(event))).isTrue();
        return event;
    }

    private static int records(Spool spool) {
        try (SpoolReader reader = spool.newReader()) {
            return reader.records(Lane.URGENT, 1, 100, 1 << 20).size();
        }
    }

    @Test
    void anAlarmGoesOutFromMemoryWhileAFileThatFailedIsVerifiedAgain() throws Exception {
        try (Spool spool = start()) {
            put(spool, Phase.INSTANT);
            assertThat(spool.commit()).isTrue();
            run("CREATE TRIGGER no_more BEFORE INSERT ON record BEGIN SELECT RAISE(ABORT, 'no more'); END");
            Event failed = put(spool, Phase.INSTANT);
            assertThat(spool.commit()).isFalse();
            run("DROP TRIGGER no_more");
            isSlow = true;
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).isFalse();
            Event meanwhile = put(spool, Phase.BEGUN);
            assertThat(spool.commit()).isFalse();
            assertThat(spool.commit()).isFalse();
            assertThat(fromMemory.ids()).containsExactly(failed.id(), meanwhile.id());
            assertThat(fromMemory.cleared).hasValue(0);
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(1);

            checkEnds();
            assertThat(spool.commit()).isTrue();
            assertThat(fromMemory.cleared).hasValue(1);
            assertThat(records(spool)).isEqualTo(3);
            assertThat(spool.openEvents()).containsExactly(meanwhile.id());
        }
    }

    @Test
    void anAlarmGoesOutFromMemoryWhileAFileThatCouldNotBeOpenedIsVerified() throws Exception {
        TestingLock.shut(directory);
        try (Spool spool = start()) {
            assertThat(spool.isShut()).isTrue();
            TestingLock.open(directory);
            isSlow = true;
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).isFalse();
            Event alarm = put(spool, Phase.INSTANT);
            assertThat(spool.commit()).isFalse();
            assertThat(fromMemory.ids()).containsExactly(alarm.id());
            checkEnds();
            assertThat(told).isEmpty();
            assertThat(spool.commit()).isTrue();
            assertThat(told).containsExactly(false);
            assertThat(records(spool)).isEqualTo(1);
        }
    }

    @Test
    void aStartDoesNotWaitForALargeFileAndGoesOnWithWhatItHolds() {
        Event left;
        String epoch;
        try (Spool before = start()) {
            epoch = before.epoch();
            left = put(before, Phase.BEGUN);
            assertThat(before.commit()).isTrue();
        }
        told.clear();
        isSlow = true;
        try (Spool spool = start()) {
            assertThat(spool.isOpen()).isFalse();
            assertThat(spool.isShut()).as("no attempt came to nothing").isFalse();
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(spool.restored().openEvents()).containsExactly(left);
            Event alarm = put(spool, Phase.INSTANT);
            for (int i = 0; i < 59; i++) {
                assertThat(spool.idle()).isFalse();
                time.advance(Duration.ofSeconds(1));
            }
            assertThat(fromMemory.ids()).containsExactly(alarm.id());
            assertThat(told).as("a check is no failure").isEmpty();
            checkEnds();
            assertThat(spool.idle()).isTrue();
            assertThat(told).containsExactly(false);
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(records(spool)).isEqualTo(2);
        }
    }

    @Test
    void aCheckThatTakesMinutesIsToldAsAnOutage() {
        try (Spool before = start()) {
            put(before, Phase.BEGUN);
            assertThat(before.commit()).isTrue();
        }
        told.clear();
        isSlow = true;
        Spool spool = start();
        for (int i = 0; i < 120; i++) {
            assertThat(spool.idle()).isFalse();
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(told).containsExactly(true);
        checkEnds();
        assertThat(spool.idle()).isTrue();
        assertThat(told).containsExactly(true, false);
        spool.close();
    }

    @Test
    void whoClosesWhileAFileIsVerifiedLetsTheFolderGoWhenThatHasEnded() throws Exception {
        try (Spool before = start()) {
            put(before, Phase.BEGUN);
            assertThat(before.commit()).isTrue();
        }
        isSlow = true;
        Spool spool = start();
        CountDownLatch closing = new CountDownLatch(1);
        Thread closer = Thread.ofPlatform().start(() -> {
            closing.countDown();
            spool.close();
        });
        closing.await();
        checkEnds();
        closer.join();
        isSlow = false;
        try (Spool again = start()) {
            assertThat(again.isOpen()).isTrue();
            assertThat(records(again)).isEqualTo(1);
        }
    }

    @Test
    void whatIsHeldIsOnDiskWhenTheCheckEndsWhileTheAgentIsBeingEnded() throws Exception {
        try (Spool before = start()) {
            put(before, Phase.BEGUN);
            assertThat(before.commit()).isTrue();
        }
        isSlow = true;
        Spool spool = start();
        Event alarm = put(spool, Phase.BEGUN);
        assertThat(spool.commit()).isFalse();
        Thread closer = Thread.ofPlatform().start(spool::close);
        while (closer.isAlive() && closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        checkEnds();
        closer.join();
        isSlow = false;
        try (Spool again = start()) {
            assertThat(records(again)).isEqualTo(2);
            assertThat(again.restored().openEvents()).contains(alarm);
        }
    }

    @Test
    void aFileThatTakesLongToVerifyAndNoCommitIsNotVerifiedAgainSoon() throws Exception {
        try (Spool before = start()) {
            put(before, Phase.BEGUN);
            assertThat(before.commit()).isTrue();
        }
        run("CREATE TRIGGER no_commit BEFORE INSERT ON meta WHEN new.key='batch'"
                + " BEGIN SELECT RAISE(ABORT, 'no commit'); END");
        isSlow = true;
        Spool spool = start();
        time.advance(Duration.ofSeconds(50));
        checkEnds();
        assertThat(spool.idle()).isFalse();
        time.advance(Duration.ofSeconds(499));
        assertThat(spool.idle()).isFalse();
        assertThat(waiting).as("ten times as long as it took").isEmpty();
        time.advance(Duration.ofSeconds(2));
        assertThat(spool.idle()).isFalse();
        run("DROP TRIGGER no_commit");
        checkEnds();
        assertThat(spool.idle()).isTrue();
        spool.close();
    }

    @Test
    void aStartWaitsForTheCheckWhereNotAllThatWasLeftCanBeReadBefore() throws Exception {
        Event left;
        try (Spool before = start()) {
            left = put(before, Phase.BEGUN);
            assertThat(before.commit()).isTrue();
        }
        run("UPDATE live_event SET body=x'00'");
        // It is rebuilt, which finds the event among its records.
        run("UPDATE lane SET bytes = bytes + 1");
        Checks aside = new Checks(Checks.ASIDE.executor(), Duration.ZERO);
        try (Spool spool = Spool.openOrWait(SpoolSettings.in(directory), aside, time)) {
            assertThat(spool.isOpen()).isTrue();
            assertThat(spool.restored().openEvents()).containsExactly(left);
        }
    }

    @Test
    void whatOnlyTheCheckFindsStaysOpenForTheNextStart() throws Exception {
        Event left;
        Event lost;
        try (Spool before = start()) {
            left = put(before, Phase.BEGUN);
            lost = put(before, Phase.BEGUN);
            assertThat(before.commit()).isTrue();
        }
        run("UPDATE live_event SET body=x'00' WHERE event_id='" + lost.id() + "'");
        run("UPDATE lane SET bytes = bytes + 1");
        TestingLock.shut(directory);
        try (Spool spool = start()) {
            assertThat(spool.restored().openEvents()).containsExactly(left);
            TestingLock.heal(directory, time);
            assertThat(spool.idle()).isTrue();
            assertThat(spool.openEvents()).containsExactlyInAnyOrder(left.id(), lost.id());
        }
    }
}
