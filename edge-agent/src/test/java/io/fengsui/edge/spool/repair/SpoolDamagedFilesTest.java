package io.fengsui.edge.spool.repair;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSql;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.Bodies;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real database files, damaged at random places: the agent starts, what is told is what was written, and the rest is
 * counted. The damage follows from the seed.
 */
class SpoolDamagedFilesTest {
    private static final int RECORDS = 400;
    private static final int PAGE = 4096;

    /** What happens to a file. */
    private enum Harm {
        BIT,
        SCRATCH,
        ZERO_PAGE,
        GARBAGE_PAGE,
        SWAPPED_PAGES,
        TRUNCATED
    }

    @TempDir
    Path directory;

    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private final Map<EventId, byte[]> issued = new HashMap<>();
    private final Map<String, byte[]> states = new HashMap<>();
    private Path original;
    private String epoch;
    private int gone;

    @BeforeEach
    void write() throws IOException {
        Path source = directory.resolve("source");
        original = Files.createDirectory(directory.resolve("original"));
        Random random = new Random(5);
        try (Spool spool = Spool.open(SpoolSettings.in(source), time)) {
            epoch = spool.epoch();
            for (int i = 0; i < RECORDS; i++) {
                Event event = TestingEvents.sized(
                        i % 3 == 0 ? Lane.URGENT : Lane.BULK,
                        i % 7 == 0 ? Phase.BEGUN : Phase.INSTANT,
                        random.nextInt(2_000),
                        i % 5 == 0 ? new Evidence[] {TestingEvents.picture()} : new Evidence[0]);
                byte[] state = ("state " + i).repeat(1 + random.nextInt(20)).getBytes(StandardCharsets.UTF_8);
                states.put("rule/" + i, state);
                issued.put(event.id(), Bodies.encode(event));
                spool.append(new Slot(
                        List.of(event), List.of(new Slot.StateChange("rule/" + i, state)), List.of(), List.of(), 0));
                spool.commit();
            }
            for (String name : List.of("spool.db", "spool.db-wal")) {
                Files.copy(source.resolve(name), original.resolve(name));
            }
        }
    }

    @Test
    void startsWithAnyOfAFewDamagedFiles() throws Exception {
        for (int seed = 0; seed < 12; seed++) {
            survives(seed);
        }
    }

    @Test
    @Tag("slow")
    void startsWithAnyOfFiveHundredDamagedFiles() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            survives(seed);
        }
        assertThat(gone).as("files of which nothing could be read").isLessThanOrEqualTo(5);
    }

    private void survives(int seed) throws Exception {
        Path folder = Files.createDirectory(directory.resolve("seed-" + seed));
        Random random = new Random(seed);
        boolean isWritten = random.nextBoolean();
        for (String name : List.of("spool.db", "spool.db-wal")) {
            Files.copy(original.resolve(name), folder.resolve(name));
        }
        if (isWritten) {
            // Everything is in the database, nothing in its log.
            TestingSql.run(folder, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        boolean isInLog = !isWritten && random.nextBoolean();
        String told = damage(folder.resolve(isInLog ? "spool.db-wal" : "spool.db"), random);
        try {
            check(folder, isInLog);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + told + (isInLog ? " of the log" : " of the database"), e);
        }
    }

    private static String damage(Path file, Random random) throws IOException {
        Harm harm = Harm.values()[random.nextInt(Harm.values().length)];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            long pages = size / PAGE;
            long at = random.nextLong(size);
            long page = random.nextLong(pages) * PAGE;
            switch (harm) {
                case BIT -> {
                    ByteBuffer one = ByteBuffer.allocate(1);
                    channel.read(one, at);
                    one.put(0, (byte) (one.get(0) ^ 1 << random.nextInt(8)));
                    channel.write(one.flip(), at);
                }
                case SCRATCH -> channel.write(ByteBuffer.wrap(bytes(random, 1 + random.nextInt(64))), at);
                case ZERO_PAGE -> channel.write(ByteBuffer.allocate(PAGE), page);
                case GARBAGE_PAGE -> channel.write(ByteBuffer.wrap(bytes(random, PAGE)), page);
                case SWAPPED_PAGES -> {
                    long other = random.nextLong(pages) * PAGE;
                    ByteBuffer first = ByteBuffer.allocate(PAGE);
                    ByteBuffer second = ByteBuffer.allocate(PAGE);
                    channel.read(first, page);
                    channel.read(second, other);
                    channel.write(first.flip(), other);
                    channel.write(second.flip(), page);
                }
                case TRUNCATED -> channel.truncate(at);
            }
            return harm + " at " + at + " or page " + page / PAGE + " of " + pages;
        }
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private void check(Path folder, boolean isInLog) throws Exception {
        Set<EventId> there;
        String newEpoch;
        try (Spool spool = Spool.open(SpoolSettings.in(folder), time)) {
            newEpoch = spool.epoch();
            spool.tellGapsBy(TestingEvents::gap);
            spool.restored()
                    .ruleStates()
                    .forEach((key, value) -> assertThat(value).as(key).isEqualTo(states.get(key)));
            spool.restored()
                    .openEvents()
                    .forEach(event -> assertThat(Bodies.encode(event)).isEqualTo(issued.get(event.id())));
            Set<EventId> read = new HashSet<>();
            long stones = read(spool, read);
            Set<EventId> missing = new HashSet<>(issued.keySet());
            missing.removeAll(read);
            // A lost record of an open event counts, though the event itself is told again from where it is kept.
            long surplus = spool.repaired().records() - missing.size();
            boolean isCounted =
                    surplus >= 0 && surplus <= spool.restored().openEvents().size();
            Set<EventId> found = new HashSet<>(read);
            spool.restored().openEvents().forEach(event -> found.remove(event.id()));
            gone += spool.repaired().aside() != null && found.isEmpty() ? 1 : 0;
            // The end of a damaged log looks like one that was never written: nobody can know what was there.
            assertThat(isCounted || isInLog || !spool.repaired().isCounted())
                    .as("missing %d, stones %d, report %s", missing.size(), stones, spool.repaired())
                    .isTrue();
            if (newEpoch.equals(epoch)) {
                assertThat(spool.repaired().aside()).isNull();
            }
            Event fresh = TestingEvents.event(Lane.URGENT, Phase.INSTANT);
            assertThat(spool.append(slot(fresh))).isTrue();
            assertThat(spool.commit()).isTrue();
            time.advance(Duration.ofMinutes(6));
            assertThat(spool.idle()).isTrue();
            boolean isLossTold =
                    spool.repaired().records() > 0 || !spool.repaired().isCounted();
            there = new HashSet<>();
            read(spool, there);
            assertThat(there).contains(fresh.id());
            if (isLossTold) {
                assertThat(there.stream().anyMatch(id -> !issued.containsKey(id) && !id.equals(fresh.id())))
                        .as("the loss is told")
                        .isTrue();
            }
        }
        try (Spool again = Spool.open(SpoolSettings.in(folder), time)) {
            assertThat(again.repaired().isClean()).isTrue();
            assertThat(again.epoch()).isEqualTo(newEpoch);
            Set<EventId> still = new HashSet<>();
            read(again, still);
            assertThat(still).isEqualTo(there);
        }
    }

    /** Reads everything that is held; returns the tombstones. */
    private long read(Spool spool, Set<EventId> into) throws Exception {
        long stones = 0;
        try (SpoolReader reader = spool.newReader()) {
            for (Lane lane : Lane.values()) {
                List<LaneRecord> records = reader.records(lane, spool.lane(lane).first(), 1 << 20, 1L << 32);
                assertThat(records).hasSize((int)
                        (spool.lane(lane).last() - spool.lane(lane).first() + 1));
                for (LaneRecord record : records) {
                    if (WireRecords.decode(record.body()) instanceof Event event) {
                        byte[] written = issued.get(event.id());
                        if (written != null) {
                            assertThat(record.body()).isEqualTo(written);
                        }
                        into.add(event.id());
                    } else {
                        assertThat(WireRecords.decode(record.body())).isInstanceOf(Tombstone.class);
                        stones++;
                    }
                }
            }
        }
        return stones;
    }
}
