package io.fengsui.edge.spool.repair;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSql;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that no tree leads to any more are found in their pages, and told in their order. */
class SpoolPageScanTest {
    private static final int RECORDS = 300;
    private static final int PAGE = 4096;
    private static final int FRAME = 24 + PAGE;
    private static final List<String> FILES = List.of("spool.db", "spool.db-wal");

    private static final Map<EventId, byte[]> ISSUED = new LinkedHashMap<>();

    @TempDir
    private static Path original;

    private static String epoch;

    @TempDir
    private Path copy;

    private final ManualTimeSource time = new ManualTimeSource(NOON);

    /** As it lies on the disk while it is open. */
    @BeforeAll
    static void write(@TempDir Path source) throws IOException {
        Random random = new Random(3);
        try (Spool spool = Spool.open(SpoolSettings.in(source), new ManualTimeSource(NOON))) {
            epoch = spool.epoch();
            for (int i = 0; i < RECORDS; i++) {
                // Some rows lie in three pages.
                Event event = TestingEvents.sized(Lane.URGENT, Phase.INSTANT, random.nextInt(i % 4 == 0 ? 4_096 : 900));
                ISSUED.put(event.id(), Bodies.encode(event));
                assertThat(spool.append(slot(event))).isTrue();
                assertThat(spool.commit()).isTrue();
            }
            for (String name : FILES) {
                Files.copy(source.resolve(name), original.resolve(name));
            }
        }
    }

    @BeforeEach
    void copy() throws IOException {
        for (String name : FILES) {
            Files.copy(original.resolve(name), copy.resolve(name));
        }
    }

    private static void write(Path file, long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    /** Everything is in the database then, nothing in its log. */
    private int root() throws SQLException {
        TestingSql.run(copy, "PRAGMA wal_checkpoint(TRUNCATE)");
        return TestingSql.root(copy, "record");
    }

    /** Opens what is left, twice; what it tells, in order. */
    private List<EventId> open(boolean isNewEpoch) throws Exception {
        List<EventId> told = read(isNewEpoch);
        try (Spool again = Spool.open(SpoolSettings.in(copy), time)) {
            assertThat(again.repaired().isClean()).as("the next start").isTrue();
            assertThat(again.lane(Lane.URGENT).last()).isEqualTo(told.size());
        }
        return told;
    }

    private List<EventId> read(boolean isNewEpoch) throws Exception {
        try (Spool spool = Spool.open(SpoolSettings.in(copy), time)) {
            assertThat(spool.epoch().equals(epoch)).isEqualTo(!isNewEpoch);
            List<EventId> told = new ArrayList<>();
            try (SpoolReader reader = spool.newReader()) {
                for (LaneRecord record :
                        reader.records(Lane.URGENT, spool.lane(Lane.URGENT).first(), 1 << 20, 1L << 32)) {
                    Event event = (Event) WireRecords.decode(record.body());
                    assertThat(record.body()).isEqualTo(ISSUED.get(event.id()));
                    told.add(event.id());
                }
            }
            assertThat(told).doesNotHaveDuplicates();
            if (isNewEpoch) {
                assertThat(spool.repaired().records())
                        .as("what is lost is counted")
                        .isEqualTo(RECORDS - told.size());
            }
            List<EventId> inOrder = new ArrayList<>(ISSUED.keySet());
            inOrder.retainAll(told);
            assertThat(told).as("in the order in which they came").isEqualTo(inOrder);
            return told;
        }
    }

    @Test
    void aTreeWithoutItsRootCostsTheRowsOfThatPage() throws Exception {
        write(copy.resolve("spool.db"), (root() - 1L) * PAGE, new byte[PAGE]);
        List<EventId> told = open(true);
        assertThat(told).hasSizeGreaterThan(RECORDS * 9 / 10).hasSizeLessThan(RECORDS);
    }

    @Test
    void aFirstPageThatIsGoneTogetherWithTheTreesRoot() throws Exception {
        int root = root();
        write(copy.resolve("spool.db"), 0, new byte[PAGE]);
        write(copy.resolve("spool.db"), (root - 1L) * PAGE, new byte[PAGE]);
        assertThat(open(true)).hasSizeGreaterThan(RECORDS * 9 / 10);
    }

    @Test
    void whatAFileThatWasCutOffStillHasIsSaved() throws Exception {
        root();
        try (FileChannel channel = FileChannel.open(copy.resolve("spool.db"), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2 / PAGE * PAGE);
        }
        assertThat(open(true)).hasSizeGreaterThan(RECORDS / 3);
    }

    @Test
    void whatATreeHasForgottenBehindTheEndThatItShowsIsSavedWhereTheLanesRowIsDamaged() throws Exception {
        root();
        // As where old pages of the tree and of the lanes are on the disk.
        TestingSql.run(copy, "DELETE FROM record WHERE sequence > 150");
        TestingSql.run(copy, "UPDATE lane SET last = 150, crc = 1");
        TestingSql.run(copy, "PRAGMA wal_checkpoint(TRUNCATE)");
        try (Spool spool = Spool.open(SpoolSettings.in(copy), time)) {
            assertThat(spool.lane(Lane.URGENT).last()).isGreaterThan(160);
            assertThat(spool.repaired().uncounted()).contains(Lane.URGENT);
            assertThat(spool.lane(Lane.URGENT).last() + spool.repaired().records())
                    .as("up to the last that was found nothing is missing silently")
                    .isGreaterThan(RECORDS - 15);
        }
    }

    /** For each frame that the log has now whether a transaction ends with it. */
    private List<Boolean> frames() throws IOException {
        List<Boolean> isLast = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(copy.resolve("spool.db-wal"), StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(32);
            channel.read(head, 0);
            long salt = head.getLong(16);
            for (long at = 32; at + FRAME <= channel.size(); at += FRAME) {
                ByteBuffer frame = ByteBuffer.allocate(24);
                channel.read(frame, at);
                if (frame.getLong(8) != salt) {
                    break;
                }
                isLast.add(frame.getInt(4) != 0);
            }
        }
        return isLast;
    }

    @Test
    void transactionsBehindADamagedFrameOfTheLogAreSaved() throws Exception {
        List<Boolean> frames = frames();
        long committed = frames.stream().filter(isLast -> isLast).count();
        assertThat(committed).as("there is something to lose").isGreaterThan(20);
        write(copy.resolve("spool.db-wal"), 32 + frames.size() / 3 * FRAME + 24, new byte[PAGE]);
        assertThat(open(true)).hasSizeGreaterThan(RECORDS - 5);
    }

    @Test
    void aTransactionThatWasBeingWrittenWhenThePowerWentIsNoDamage() throws Exception {
        List<Boolean> frames = frames();
        int first = frames.subList(0, frames.size() - 1).lastIndexOf(true) + 1;
        assertThat(first).as("the last transaction has several frames").isLessThan(frames.size() - 1);
        write(copy.resolve("spool.db-wal"), 32 + (long) first * FRAME, new byte[FRAME]);
        assertThat(open(false)).hasSize(RECORDS - 1);
    }
}
