package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.ForeignSpoolException;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent starts on a disk that takes nothing, and the spool opens when it does. */
class SpoolShutTest {
    @TempDir
    private Path directory;

    private final ManualTimeSource time = new ManualTimeSource(TestingEvents.NOON);
    private final TestingVolatile fromMemory = new TestingVolatile();
    private final AtomicInteger opened = new AtomicInteger();

    private Spool start() {
        Spool spool = Spool.openOrWait(SpoolSettings.in(directory), Checks.AT_ONCE, time);
        spool.tellVolatileTo(fromMemory);
        spool.onOpen(opened::incrementAndGet);
        return spool;
    }

    private static List<Event> events(SpoolReader reader) {
        return reader.records(Lane.URGENT, 1, 1_000, 1 << 24).stream()
                .map(SpoolShutTest::decode)
                .toList();
    }

    private static Event decode(LaneRecord record) {
        try {
            return (Event) WireRecords.decode(record.body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsUrgentIsToldFromMemoryUntilTheDiskTakesItAndNothingIsAcknowledgedBefore() throws Exception {
        TestingLock.shut(directory);
        try (Spool spool = start();
                SpoolReader reader = spool.newReader()) {
            assertThat(spool.isOpen()).isFalse();
            assertThat(spool.stats().isOpen()).isFalse();
            assertThat(spool.stats().isHealthy()).isFalse();
            Event urgent = event(Lane.URGENT, Phase.BEGUN);
            Event bulk = event(Lane.BULK, Phase.INSTANT);
            assertThat(spool.append(slot(urgent, bulk))).isTrue();
            assertThat(spool.commit()).as("on disk").isFalse();
            time.advance(Duration.ofMinutes(1));
            assertThat(spool.idle()).as("on disk").isFalse();
            assertThat(fromMemory.ids()).containsExactly(urgent.id());
            assertThat(fromMemory.offered.getFirst().marks().isVolatile()).isTrue();
            assertThat(events(reader)).isEmpty();
            assertThat(spool.lane(Lane.URGENT).last()).isZero();
            String provisional = spool.epoch();

            TestingLock.heal(directory, time);
            assertThat(spool.idle()).as("on disk").isTrue();
            assertThat(opened).hasValue(1);
            assertThat(fromMemory.cleared).hasValue(1);
            assertThat(spool.isOpen()).isTrue();
            assertThat(spool.stats().isHealthy()).isTrue();
            assertThat(spool.epoch()).isNotEqualTo(provisional);
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(1);
            assertThat(spool.lane(Lane.BULK).last()).isEqualTo(1);
            assertThat(events(reader)).as("by a reader of before").containsExactly(urgent);
        }
        try (Spool again = start()) {
            assertThat(again.repaired().isClean()).isTrue();
            assertThat(again.restored().openEvents()).hasSize(1);
        }
    }

    @Test
    void whatTheLastRunLeftIsReadAndCanBeSentWhileNothingCanBeWritten() throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        Event left = event(Lane.URGENT, Phase.BEGUN);
        String epoch;
        try (Spool before = Spool.open(SpoolSettings.in(source), time)) {
            epoch = before.epoch();
            before.append(slot(left));
            assertThat(before.commit()).isTrue();
            // As it lies there after a power cut: all of it is in the log.
            for (String name : List.of("spool.db", "spool.db-wal")) {
                Files.copy(source.resolve(name), directory.resolve(name));
            }
        }
        assertLeft(left, epoch);
        // And after the spool was closed: no log is there.
        assertThat(directory.resolve("spool.db-wal")).doesNotExist();
        assertLeft(left, epoch);
    }

    private void assertLeft(Event left, String epoch) throws Exception {
        TestingLock.shut(directory);
        opened.set(0);
        try (Spool spool = start();
                SpoolReader reader = spool.newReader()) {
            long before = spool.lane(Lane.URGENT).last();
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(spool.restored().openEvents()).contains(left);
            assertThat(spool.openEvents()).contains(left.id());
            assertThat(events(reader)).hasSize((int) before).startsWith(left);
            spool.acknowledge(Lane.URGENT, epoch, before);
            Event fresh = event(Lane.URGENT, Phase.INSTANT);
            assertThat(spool.append(slot(fresh))).isTrue();
            assertThat(spool.commit()).isFalse();

            TestingLock.heal(directory, time);
            assertThat(spool.commit()).isTrue();
            assertThat(opened).hasValue(1);
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(events(reader)).endsWith(fresh);
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(before + 1);
            assertThat(spool.lane(Lane.URGENT).acknowledged()).isEqualTo(before);
        }
    }

    @Test
    void whatTurnsUpOnlyWhenTheDiskIsWellStaysForTheNextStart() throws Exception {
        Event left = event(Lane.URGENT, Phase.BEGUN);
        String epoch;
        try (Spool before = start()) {
            epoch = before.epoch();
            before.append(slot(left));
            assertThat(before.commit()).isTrue();
        }
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(directory.resolve("spool.db"), elsewhere);
        TestingLock.shut(directory);
        Event fresh = event(Lane.URGENT, Phase.BEGUN);
        try (Spool spool = start()) {
            assertThat(spool.restored().openEvents()).isEmpty();
            assertThat(spool.epoch()).isNotEqualTo(epoch);
            // Of the epoch of this while: not to be taken for the file's.
            spool.rewind(Lane.URGENT, spool.epoch(), 0);
            spool.append(slot(fresh));
            assertThat(spool.commit()).isFalse();
            Files.move(elsewhere, directory.resolve("spool.db"));
            TestingLock.heal(directory, time);
            assertThat(spool.commit()).isTrue();
            assertThat(spool.epoch()).isEqualTo(epoch);
            assertThat(spool.openEvents()).containsExactlyInAnyOrder(left.id(), fresh.id());
        }
        try (Spool again = start()) {
            assertThat(again.restored().openEvents()).containsExactlyInAnyOrder(left, fresh);
        }
    }

    @Test
    void aFileThatIsDamagedTooIsRepairedWhenItOpens() throws Exception {
        Event left = event(Lane.URGENT, Phase.BEGUN);
        String epoch;
        try (Spool before = start()) {
            epoch = before.epoch();
            before.append(slot(left));
            assertThat(before.commit()).isTrue();
            before.acknowledge(Lane.URGENT, epoch, 1);
            assertThat(before.commit()).isTrue();
        }
        TestingSql.run(directory, "UPDATE lane SET bytes = bytes + 1");
        TestingLock.shut(directory);
        try (Spool spool = start()) {
            assertThat(spool.restored().openEvents()).containsExactly(left);
            assertThat(spool.epoch()).as("places that cannot be trusted").isNotEqualTo(epoch);
            assertThat(spool.lane(Lane.URGENT).last()).isZero();
            spool.acknowledge(Lane.URGENT, epoch, 1);
            TestingLock.heal(directory, time);
            assertThat(spool.idle()).isTrue();
            assertThat(spool.epoch()).isNotEqualTo(epoch);
            assertThat(spool.repaired().aside()).exists();
            assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(1);
            assertThat(spool.lane(Lane.URGENT).acknowledged())
                    .as("said of the epoch of before")
                    .isZero();
        }
    }

    @Test
    void aFolderThatIsNotItsOwnIsRefused() {
        try (Spool first = start()) {
            assertThat(first.isOpen()).isTrue();
            assertThatThrownBy(this::start)
                    .isInstanceOf(ForeignSpoolException.class)
                    .hasMessageContaining("another agent uses this directory");
        }
    }

    @Test
    void whatCannotWaitForADiskIsRefusedAsBefore() throws Exception {
        TestingLock.shut(directory);
        assertThatThrownBy(() -> Spool.open(SpoolSettings.in(directory), time))
                .isInstanceOf(SpoolException.class)
                .isNotInstanceOf(ForeignSpoolException.class);
    }
}
