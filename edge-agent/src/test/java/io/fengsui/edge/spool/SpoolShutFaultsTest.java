package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.ForeignSpoolException;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else may be wrong, or go wrong, while the spool waits for a disk that takes something. */
class SpoolShutFaultsTest {
    @TempDir
    private Path root;

    private final ManualTimeSource time = new ManualTimeSource(TestingEvents.NOON);
    private Path directory;

    @BeforeEach
    void folder() throws IOException {
        directory = Files.createDirectory(root.resolve("spool"));
    }

    /** It can be locked, and an interrupted exchange is finished, and no more. */
    private Path putInTheWay(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name).resolve("something"));
    }

    private static void takeAway(Path something) throws IOException {
        Files.delete(something);
        Files.delete(something.getParent());
    }

    private Spool start() {
        return Spool.openOrWait(SpoolSettings.in(directory), Checks.AT_ONCE, time);
    }

    /** Returns its epoch. */
    private String write(Path folder, int records) {
        try (Spool spool = Spool.open(SpoolSettings.in(folder), time)) {
            for (int i = 0; i < records; i++) {
                spool.append(slot(event(Lane.URGENT, Phase.INSTANT)));
                assertThat(spool.commit()).isTrue();
            }
            return spool.epoch();
        }
    }

    @Test
    void aFileThatWasExchangedWhileItIsShutIsNotServedUnderTheEpochOfTheOther() throws Exception {
        String first = write(directory, 20);
        String second = write(root.resolve("other"), 7);
        TestingLock.shut(directory);
        try (Spool spool = start();
                SpoolReader reader = spool.newReader()) {
            assertThat(spool.epoch()).isEqualTo(first);
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(20);
            assertThat(reader.prefixHash(Lane.URGENT, 10)).isPresent();
            Files.copy(root.resolve("other").resolve("spool.db"), directory.resolve("spool-whole.db"));
            Path inTheWay = putInTheWay("spool-building.db");
            TestingLock.heal(directory, time);
            assertThat(spool.idle()).isFalse();
            assertThat(directory.resolve("spool-damaged-1.db")).exists();
            String between = spool.epoch();
            assertThat(between).isNotEqualTo(first).isNotEqualTo(second);
            assertThat(spool.heads().epoch()).isEqualTo(between);
            assertThat(spool.lane(Lane.URGENT).last()).isZero();
            assertThat(reader.prefixHash(Lane.URGENT, 5)).isEmpty();
            assertThat(reader.records(Lane.URGENT, 1, 100, 1 << 20)).isEmpty();
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).isFalse();
            assertThat(spool.epoch()).as("the next try").isEqualTo(between);

            // Of the epochs of before: not to be taken for the file's.
            spool.acknowledge(Lane.URGENT, first, 3);
            spool.rewind(Lane.URGENT, first, 4);
            takeAway(inTheWay);
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).isTrue();
            assertThat(spool.epoch()).isEqualTo(second);
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(7);
            assertThat(spool.lane(Lane.URGENT).acknowledged()).isZero();
            assertThat(reader.records(Lane.URGENT, 1, 100, 1 << 20)).hasSize(7);
        }
    }

    @Test
    void whatIsNotAsItWasWrittenIsNotGoneOnWith() throws Exception {
        try (Spool spool = Spool.open(SpoolSettings.in(directory), time)) {
            List<Slot.StateChange> states = List.of(
                    new Slot.StateChange("sound", new byte[] {1, 2}),
                    new Slot.StateChange("damaged", new byte[] {3, 4}));
            spool.append(new Slot(List.of(), states, List.of(), List.of(), 0));
            assertThat(spool.commit()).isTrue();
        }
        TestingSql.run(directory, "UPDATE rule_state SET value=x'0909' WHERE key='damaged'");
        TestingSql.run(directory, "DROP TABLE live_event");
        TestingSql.run(directory, "CREATE TABLE live_event(event_id TEXT, is_open INTEGER, body BLOB, crc INTEGER)");
        TestingSql.run(directory, "INSERT INTO live_event VALUES('e', 1, NULL, 7)");
        TestingLock.shut(directory);
        try (Spool spool = start()) {
            assertThat(spool.restored().ruleStates()).containsOnlyKeys("sound");
            assertThat(spool.restored().openEvents()).isEmpty();
        }
    }

    @Test
    void aLaneWithoutItsHashesIsNoReasonNotToStart() throws Exception {
        write(directory, 1);
        TestingSql.run(directory, "CREATE TABLE other AS SELECT * FROM lane");
        TestingSql.run(directory, "DROP TABLE lane");
        TestingSql.run(directory, "ALTER TABLE other RENAME TO lane");
        TestingSql.run(directory, "UPDATE lane SET last_hash=NULL");
        TestingLock.shut(directory);
        try (Spool spool = start()) {
            assertThat(spool.isOpen()).isFalse();
            assertThat(spool.lane(Lane.URGENT).last()).isZero();
        }
    }

    @Test
    void anAttemptThatFailsLeavesWhatCanBeReadAsItWas() throws Exception {
        String epoch = write(directory, 20);
        Path inTheWay = putInTheWay("spool-building.db");
        try (Spool spool = start();
                SpoolReader reader = spool.newReader()) {
            assertThat(spool.isOpen()).isFalse();
            assertThat(spool.epoch()).isEqualTo(epoch);
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).isFalse();
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(reader.records(Lane.URGENT, 1, 100, 1 << 20)).hasSize(20);
            // It has the lock all the while.
            assertThatThrownBy(this::start).isInstanceOf(ForeignSpoolException.class);
            takeAway(inTheWay);
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).isTrue();
            assertThat(spool.epoch()).isEqualTo(epoch);
        }
    }

    @Test
    void anOlderDamagedFileThatCannotBeRemovedKeepsNobodyFromOpening() throws Exception {
        write(directory, 5);
        putInTheWay("spool-damaged-1.db");
        for (int older = 2; older <= 4; older++) {
            Files.write(directory.resolve("spool-damaged-" + older + ".db"), new byte[10]);
        }
        try (Spool spool = start()) {
            assertThat(spool.isOpen()).isTrue();
        }
    }

    @Test
    void anotherAgentThatTookTheFolderMeanwhileIsAReasonToEndAndToldOnce() throws Exception {
        write(directory, 1);
        TestingLock.shut(directory);
        AtomicInteger told = new AtomicInteger();
        try (Spool one = start()) {
            one.onDamage(told::incrementAndGet);
            assertThat(one.isDamaged()).isFalse();
            TestingLock.heal(directory, time);
            try (Spool two = start()) {
                assertThat(two.isOpen()).isTrue();
                assertThat(one.idle()).isFalse();
                assertThat(one.isDamaged()).isTrue();
                time.advance(Duration.ofMinutes(1));
                assertThat(one.idle()).isFalse();
                assertThat(told).hasValue(1);
            }
            time.advance(Duration.ofMinutes(1));
            assertThat(one.idle()).isTrue();
            assertThat(one.isDamaged()).isFalse();
        }
    }

    @Test
    void whatIsUrgentIsToldBeforeAnAttemptThatMayTakeLong() throws Exception {
        TestingLock.shut(directory);
        TestingVolatile fromMemory = new TestingVolatile();
        try (Spool spool = start()) {
            spool.tellVolatileTo(fromMemory);
            assertThat(spool.idle()).isFalse();
            Event urgent = event(Lane.URGENT, Phase.INSTANT);
            assertThat(spool.append(slot(urgent))).isTrue();
            TestingLock.heal(directory, time);
            assertThat(spool.commit()).isTrue();
            assertThat(fromMemory.ids()).containsExactly(urgent.id());
            assertThat(fromMemory.cleared).hasValue(1);
        }
    }

    @Test
    void aRebuildThatCameToNothingIsNotWrittenOutAgainSoon() throws Exception {
        write(directory, 5);
        TestingSql.run(directory, "UPDATE lane SET bytes = bytes + 1");
        TestingLock.shut(directory);
        try (Spool spool = start()) {
            Path inTheWay = putInTheWay("spool-damaged-1.db-unsent");
            TestingLock.heal(directory, time);
            assertThat(spool.idle()).isFalse();
            Path rebuilt = directory.resolve("spool-building.db");
            assertThat(rebuilt).exists();
            Files.delete(rebuilt);
            time.advance(Duration.ofMinutes(9));
            assertThat(spool.idle()).isFalse();
            assertThat(rebuilt).doesNotExist();
            time.advance(Duration.ofMinutes(2));
            assertThat(spool.idle()).isFalse();
            assertThat(rebuilt).exists();
            takeAway(inTheWay);
            time.advance(Duration.ofMinutes(11));
            assertThat(spool.idle()).isTrue();
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(5);
        }
    }

    @Test
    void whatTheLastRunLeftIsGoneOnWithAlsoWhereTheRepairStopsHalfWay() throws Exception {
        Event left = event(Lane.URGENT, Phase.BEGUN);
        Path source = root.resolve("source");
        try (Spool spool = Spool.open(SpoolSettings.in(source), time)) {
            spool.append(slot(left));
            assertThat(spool.commit()).isTrue();
            // It is rebuilt, and the old log is put aside first.
            TestingSql.run(source, "UPDATE lane SET bytes = bytes + 1");
            for (String name : List.of("spool.db", "spool.db-wal")) {
                Files.copy(source.resolve(name), directory.resolve(name));
            }
        }
        Path inTheWay = putInTheWay("spool-damaged-1.db-wal");
        try (Spool spool = start()) {
            assertThat(directory.resolve("spool-whole.db")).exists();
            assertThat(spool.isOpen()).isFalse();
            assertThat(spool.restored().openEvents()).containsExactly(left);
            takeAway(inTheWay);
            time.advance(Duration.ofMinutes(11));
            assertThat(spool.idle()).isTrue();
            assertThat(spool.openEvents()).containsExactly(left.id());
        }
    }
}
