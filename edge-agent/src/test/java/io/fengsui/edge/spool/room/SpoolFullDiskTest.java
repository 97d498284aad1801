package io.fengsui.edge.spool.room;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.ring.RingSettings;
import io.fengsui.edge.ring.SlotRing;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSql;
import io.fengsui.edge.spool.TestingVolatile;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.fieldsim.disk.SmallDisk;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Others fill the disk: a real small file system, and a real other process. */
@Tag("slow")
class SpoolFullDiskTest {
    private static final int BALLAST = 4 << 20;

    @TempDir
    Path directory;

    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private final TestingVolatile volatileEvents = new TestingVolatile();

    @SuppressWarnings("NullAway.Init") // mounted by each test
    private SmallDisk disk;

    @SuppressWarnings("NullAway.Init") // beside the disk
    private SpoolSettings settings;

    private Spool open(SmallDisk.Kind kind) throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(kind, directory.resolve("disk"), 32);
        assumeTrue(mounted.isPresent(), "a " + kind + " cannot be mounted here: root and loop devices are needed");
        disk = mounted.get();
        settings = new SpoolSettings(
                disk.folder().resolve("spool"), 64 << 20, Duration.ofDays(7), 1 << 30, 10, 2_000, BALLAST);
        Spool spool = Spool.open(settings, time);
        spool.tellGapsBy(TestingEvents::gap);
        spool.tellVolatileTo(volatileEvents);
        for (int i = 0; i < 8; i++) {
            assertThat(spool.idle()).isTrue();
        }
        assertThat(spool.stats().room().ballastBytes()).isEqualTo(BALLAST);
        return spool;
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @ParameterizedTest
    @EnumSource(SmallDisk.Kind.class)
    void worksOnInTheRoomOfTheBallastAndGivesUpTheLeastImportantFirst(SmallDisk.Kind kind) throws Exception {
        Set<EventId> urgent = new HashSet<>();
        List<Event> issued = new ArrayList<>();
        try (Spool spool = open(kind)) {
            disk.fill();
            for (int i = 0; i < 6_000; i++) {
                Event event = i % 10 == 0
                        ? TestingEvents.sized(Lane.URGENT, i % 20 == 0 ? Phase.BEGUN : Phase.INSTANT, 400)
                        : TestingEvents.graded(i % 2 == 0 ? Severity.INFO : Severity.MINOR, 1_500);
                assertThat(spool.append(slot(event))).isTrue();
                assertThat(spool.commit()).as("event %d", i).isTrue();
                issued.add(event);
                if (event.lane() == Lane.URGENT) {
                    urgent.add(event.id());
                }
            }
            assertThat(spool.stats().losses().failures()).isPositive();
            assertThat(spool.stats().room().ballastBytes()).isZero();
            assertThat(spool.stats().room().isDiskShort()).isTrue();
            assertThat(volatileEvents.offered).isEmpty();
            time.advance(Duration.ofMinutes(6));
            assertThat(spool.idle()).isTrue();
        }
        assertConserved(issued, urgent);
    }

    @ParameterizedTest
    @EnumSource(SmallDisk.Kind.class)
    void aDamagedSpoolThatFindsNoRoomForWhatIsLeftOfItGoesAsideAndTheBoxIsNotSilent(SmallDisk.Kind kind)
            throws Exception {
        String epoch;
        try (Spool spool = open(kind)) {
            epoch = spool.epoch();
            for (int i = 0; i < 2_500; i++) {
                spool.append(slot(TestingEvents.graded(Severity.MINOR, 3_500)));
                if (i % 50 == 0) {
                    spool.commit();
                }
            }
            assertThat(spool.commit()).isTrue();
        }
        Path file = settings.directory().resolve("spool.db");
        assertThat(Files.size(file)).as("twice the ballast").isGreaterThan(2 * BALLAST);
        int root = TestingSql.root(settings.directory(), "record");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4096), (root - 1) * 4096L);
        }
        disk.fill();
        Path aside;
        try (Spool spool = Spool.open(settings, time)) {
            assertThat(spool.epoch()).isNotEqualTo(epoch);
            aside = Objects.requireNonNull(spool.repaired().aside());
            assertThat(aside).exists();
            assertThat(spool.repaired().records()).as("told as given up").isEqualTo(2_500);
            assertThat(spool.repaired().isCounted()).isTrue();
            assertThat(spool.append(slot(TestingEvents.event(Lane.URGENT, Phase.BEGUN))))
                    .isTrue();
            assertThat(spool.commit()).isTrue();
        }
        disk.fill();
        try (Spool spool = Spool.open(settings, time)) {
            assertThat(aside).as("given up for want of room").doesNotExist();
            assertThat(spool.repaired().isClean()).isTrue();
            assertThat(spool.openEvents()).hasSize(1);
            assertThat(spool.append(slot(TestingEvents.event(Lane.URGENT, Phase.BEGUN))))
                    .isTrue();
            assertThat(spool.commit()).isTrue();
        }
    }

    /** Every position is a record or a tombstone, every drop is told, urgent ones are all there, minor ones went last. */
    @ParameterizedTest
    @EnumSource(SmallDisk.Kind.class)
    void roomThatOthersMakeIsNoticedBeforeThePauseIsOver(SmallDisk.Kind kind) throws Exception {
        try (Spool spool = open(kind)) {
            Process foreign = disk.keepFilling();
            try {
                boolean isTaken = true;
                for (int i = 0; i < 20_000 && isTaken; i++) {
                    assertThat(spool.append(slot(TestingEvents.sized(Lane.URGENT, Phase.BEGUN, 1_000))))
                            .isTrue();
                    isTaken = spool.commit();
                }
                for (int i = 0; i < 8; i++) {
                    time.advance(Duration.ofSeconds(31));
                    assertThat(spool.idle()).isFalse();
                }
            } finally {
                SmallDisk.end(foreign);
            }
            time.advance(Duration.ofSeconds(2));
            assertThat(spool.idle()).as("there is no room").isFalse();
            disk.clear();
            time.advance(Duration.ofSeconds(2));
            assertThat(spool.idle()).isTrue();
            assertThat(spool.stats().isHealthy()).isTrue();
        }
    }

    private void assertConserved(List<Event> issued, Set<EventId> urgent) throws Exception {
        long evicted = 0;
        long told = 0;
        Set<EventId> stored = new HashSet<>();
        disk.clear();
        try (Spool spool = Spool.open(settings, time);
                SpoolReader reader = spool.newReader()) {
            assertThat(spool.repaired().isClean()).isTrue();
            for (Lane lane : Lane.values()) {
                List<LaneRecord> records = reader.records(lane, 1, 1 << 20, 1L << 32);
                assertThat(records).hasSize((int) spool.lane(lane).last());
                for (LaneRecord record : records) {
                    switch (WireRecords.decode(record.body())) {
                        case Event event
                        when event.kind().isHealth() ->
                            told += Long.parseLong(event.attributes().get("records"));
                        case Event event -> stored.add(event.id());
                        case Tombstone tombstone -> {
                            assertThat(tombstone.why()).isEqualTo(Tombstone.Why.EVICTED);
                            evicted++;
                        }
                        default -> throw new AssertionError("unexpected record");
                    }
                }
            }
        }
        assertThat(evicted).isPositive().isEqualTo(told).isEqualTo((long) issued.size() - stored.size());
        assertThat(stored).containsAll(urgent);
        long infoLeft = count(issued, stored, Severity.INFO);
        long minorLeft = count(issued, stored, Severity.MINOR);
        assertThat(infoLeft == 0 || minorLeft == count(issued, allOf(issued), Severity.MINOR) || minorLeft > infoLeft)
                .as("info left %d, minor left %d", infoLeft, minorLeft)
                .isTrue();
    }

    private static Set<EventId> allOf(List<Event> events) {
        return events.stream().map(Event::id).collect(Collectors.toSet());
    }

    private static long count(List<Event> issued, Set<EventId> among, Severity severity) {
        return issued.stream()
                .filter(event -> event.severity() == severity && among.contains(event.id()))
                .count();
    }

    @ParameterizedTest
    @EnumSource(SmallDisk.Kind.class)
    void withNoRoomAtAllUrgentEventsGoOutFromMemoryAndNothingIsAcknowledged(SmallDisk.Kind kind) throws Exception {
        Spool spool = open(kind);
        SlotRing ring = new SlotRing(
                new RingSettings(1024, 64, Duration.ofMillis(5)),
                spool,
                new SimpleMeterRegistry(),
                TimeSource.system());
        ring.start();
        AtomicInteger acknowledged = new AtomicInteger();
        Set<EventId> issued = new HashSet<>();
        Process foreign = disk.keepFilling();
        try {
            int offered = 0;
            while (spool.stats().isHealthy() && offered < 20_000) {
                Event event = TestingEvents.sized(Lane.URGENT, Phase.BEGUN, 1_000);
                if (ring.offer(
                        new Slot(List.of(event), List.of(), List.of(), List.of(acknowledged::incrementAndGet), 0))) {
                    issued.add(event.id());
                    offered++;
                }
            }
            assertThat(spool.stats().isHealthy())
                    .as("%d events found room", offered)
                    .isFalse();
            Event last = TestingEvents.sized(Lane.URGENT, Phase.BEGUN, 1_000);
            Slot ofLast = new Slot(List.of(last), List.of(), List.of(), List.of(acknowledged::incrementAndGet), 0);
            Awaitility.await().until(() -> ring.offer(ofLast));
            issued.add(last.id());
            Awaitility.await().until(() -> volatileEvents.ids().contains(last.id()));
            assertThat(volatileEvents.offered).allMatch(event -> event.marks().isVolatile());
            long onDisk = spool.lane(Lane.URGENT).last();
            assertThat((long) acknowledged.get()).isLessThanOrEqualTo(onDisk).isLessThan(issued.size());
        } finally {
            SmallDisk.end(foreign);
        }
        disk.clear();
        Awaitility.await().until(() -> {
            time.advance(Duration.ofSeconds(31));
            ring.nudge();
            return acknowledged.get() == issued.size();
        });
        assertThat(spool.stats().isHealthy()).isTrue();
        assertThat(volatileEvents.cleared.get()).isPositive();
        ring.close();
        spool.close();
        Set<EventId> stored = new HashSet<>();
        try (Spool again = Spool.open(settings, time);
                SpoolReader reader = again.newReader()) {
            for (LaneRecord record : reader.records(Lane.URGENT, 1, 1 << 20, 1L << 32)) {
                stored.add(((Event) WireRecords.decode(record.body())).id());
            }
        }
        assertThat(stored).containsAll(issued);
    }
}
