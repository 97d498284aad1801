package io.fengsui.edge.spool.repair;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSpool;
import io.fengsui.edge.spool.TestingSql;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.Gap;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.WireRecords;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that are damaged, foreign, or in use. */
class SpoolDamageTest extends TestingSpool {
    @Test
    void aDamagedRecordCostsOnlyItselfAndKeepsItsNumberAndHash() throws Exception {
        for (int i = 0; i < 3; i++) {
            put(event(Lane.URGENT, Phase.INSTANT));
        }
        List<LaneRecord> before = read(Lane.URGENT, 1);
        spool.close();
        sql("UPDATE record SET body = zeroblob(length(body)) WHERE sequence = 2");
        spool = Spool.open(SpoolSettings.in(directory), time);

        List<LaneRecord> after = read(Lane.URGENT, 1);
        assertThat(after).hasSize(3);
        assertThat(after.get(1).prefixHash()).isEqualTo(before.get(1).prefixHash());
        assertThat(WireRecords.decode(after.get(1).body())).isInstanceOfSatisfying(Tombstone.class, tombstone -> {
            assertThat(tombstone.why()).isEqualTo(Tombstone.Why.DAMAGED);
            assertThat(tombstone.kind().value()).isEqualTo("fire.smoke");
        });
        assertThat(after.get(2).body()).isEqualTo(before.get(2).body());
    }

    @Test
    void movesAFileThatIsNoDatabaseAsideAndBeginsANewEpoch() throws Exception {
        String epoch = spool.epoch();
        spool.close();
        Files.write(
                directory.resolve("spool.db"),
                "no database, just text. ".repeat(400).getBytes(StandardCharsets.UTF_8));
        spool = Spool.open(SpoolSettings.in(directory), time);

        assertThat(spool.epoch()).isNotEqualTo(epoch);
        assertThat(spool.repaired().aside()).exists();
        put(event(Lane.URGENT, Phase.INSTANT));
    }

    @Test
    void whereOneLanesRowIsDamagedThatLaneIsNotCountedAndTheOtherIs() throws Exception {
        put(event(Lane.URGENT, Phase.INSTANT), event(Lane.BULK, Phase.INSTANT));
        spool.close();
        sql("UPDATE lane SET bytes = bytes + 1 WHERE lane = 1");
        spool = Spool.open(SpoolSettings.in(directory), time);
        assertThat(spool.repaired().uncounted()).containsExactly(Lane.BULK);
        List<Gap> gaps = new ArrayList<>();
        spool.tellGapsBy((gap, now) -> {
            gaps.add(gap);
            return TestingEvents.gap(gap, now);
        });
        assertThat(spool.idle()).isTrue();
        time.advance(Duration.ofMinutes(2));
        assertThat(spool.idle()).isTrue();
        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.lane()).isEqualTo(Lane.BULK);
            assertThat(gap.isCounted()).isFalse();
        });
    }

    @Test
    void aRowWhoseKeyIsNoTextAnyMoreIsRemovedOnce() throws Exception {
        put(event(Lane.URGENT, Phase.BEGUN, TestingEvents.picture()));
        spool.close();
        sql("UPDATE live_event SET event_id = CAST(substr(CAST(event_id AS BLOB), 1, 32) || x'FFFEFDFC' AS TEXT)");
        sql("UPDATE evidence SET evidence_id = CAST(substr(CAST(evidence_id AS BLOB), 1, 32) || x'FFFEFDFC' AS TEXT)");
        sql("INSERT INTO taken_order(order_id, at) VALUES(CAST(x'FFFE' AS TEXT), 0)");
        spool = Spool.open(SpoolSettings.in(directory), time);
        assertThat(spool.repaired().otherRows()).isEqualTo(3);
        spool.close();
        spool = Spool.open(SpoolSettings.in(directory), time);
        assertThat(spool.repaired().isClean()).isTrue();
    }

    @Test
    void aLaneThatHadNothingYetIsNoLoss() throws Exception {
        put(event(Lane.URGENT, Phase.INSTANT));
        spool.close();
        sql("DELETE FROM meta WHERE key = 'epoch'");
        sql("INSERT INTO meta(key, value) VALUES('epoch', 'none')");
        spool = Spool.open(SpoolSettings.in(directory), time);
        assertThat(spool.repaired().aside()).exists();
        assertThat(spool.repaired().isCounted()).isTrue();
        assertThat(spool.lane(Lane.URGENT).last()).isEqualTo(1);
    }

    @Test
    void aLossThatWasNotToldYetIsToldAfterARebuild() throws Exception {
        put(event(Lane.URGENT, Phase.INSTANT));
        spool.close();
        sql("INSERT INTO gap(lane, why, first, last, records, worst, since) VALUES(1, 'EVICTED', 3, 9, 7, 2, 1)");
        sql("UPDATE meta SET value = 'none' WHERE key = 'epoch'");
        spool = Spool.open(SpoolSettings.in(directory), time);
        assertThat(number("SELECT records FROM gap WHERE lane = 1 AND why = 'EVICTED' AND last = 9"))
                .isEqualTo(7);
    }

    @Test
    void keepsTheThreeNewestOfTheFilesThatWentAside() throws Exception {
        for (int i = 1; i <= 5; i++) {
            put(event(Lane.URGENT, Phase.INSTANT));
            spool.close();
            Files.write(
                    directory.resolve("spool.db"), ("damaged " + i).repeat(600).getBytes(StandardCharsets.UTF_8));
            spool = Spool.open(SpoolSettings.in(directory), time);
            assertThat(spool.repaired().aside()).hasFileName("spool-damaged-" + i + ".db");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("spool-damaged-") && name.endsWith(".db")))
                    .containsExactlyInAnyOrder("spool-damaged-3.db", "spool-damaged-4.db", "spool-damaged-5.db");
        }
    }

    @Test
    void aPageThatBreaksWhileItIsInUseIsToldAtTheThirdTimeOnceAndRepairedByTheNextStart() throws Exception {
        for (int i = 0; i < 100; i++) {
            put(event(Lane.URGENT, Phase.INSTANT));
        }
        sql("PRAGMA wal_checkpoint(TRUNCATE)");
        try (FileChannel file = FileChannel.open(directory.resolve("spool.db"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(4096), (TestingSql.root(directory, "record") - 1) * 4096L);
        }
        AtomicInteger told = new AtomicInteger();
        spool.onDamage(told::incrementAndGet);
        for (int i = 1; i <= 5; i++) {
            try (SpoolReader reader = spool.newReader()) {
                assertThatThrownBy(() -> reader.records(Lane.URGENT, 1, 10, 1 << 20))
                        .isInstanceOf(SpoolException.class);
            }
            assertThat(told).hasValue(i < 3 ? 0 : 1);
        }
        AtomicInteger late = new AtomicInteger();
        spool.onDamage(late::incrementAndGet);
        assertThat(late).as("who asks afterwards").hasValue(1);

        spool.close();
        spool = Spool.open(SpoolSettings.in(directory), time);
        assertThat(read(Lane.URGENT, 1)).hasSizeGreaterThan(90);
        spool.onDamage(told::incrementAndGet);
        assertThat(told).hasValue(1);
    }

    @Test
    void opensWhateverIsLeftOfTheDatabaseWhenItsLogIsThere() throws Exception {
        // A log that is in use, over a database that was written back to before.
        for (int i = 0; i < 100; i++) {
            put(event(Lane.URGENT, Phase.INSTANT));
        }
        reopen(SpoolSettings.in(directory));
        for (int i = 0; i < 40; i++) {
            put(event(Lane.URGENT, Phase.INSTANT));
        }
        byte[] database = Files.readAllBytes(directory.resolve("spool.db"));
        byte[] log = Files.readAllBytes(directory.resolve("spool.db-wal"));
        for (int left = 0; left < database.length; left += 4096 + 509) {
            Path cut = Files.createDirectory(directory.resolve("cut-" + left));
            Files.write(cut.resolve("spool.db"), Arrays.copyOf(database, left));
            Files.write(cut.resolve("spool.db-wal"), log);
            try (Spool opened = Spool.open(SpoolSettings.in(cut), time)) {
                assertThat(opened.append(TestingEvents.slot(event(Lane.URGENT, Phase.INSTANT))))
                        .isTrue();
                assertThat(opened.commit()).as("cut to " + left).isTrue();
            }
        }
    }

    @Test
    void refusesAFileOfALaterVersion() throws Exception {
        spool.close();
        sql("PRAGMA user_version=3");
        assertThatThrownBy(() -> Spool.open(SpoolSettings.in(directory), time))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("schema version 3");
        sql("PRAGMA user_version=2");
        spool = Spool.open(SpoolSettings.in(directory), time);
    }

    @Test
    void refusesADirectoryThatAnotherSpoolUses() {
        assertThatThrownBy(() -> Spool.open(SpoolSettings.in(directory), time))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("locked");
    }
}
