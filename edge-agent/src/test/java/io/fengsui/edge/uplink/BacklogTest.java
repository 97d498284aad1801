package io.fengsui.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.evidence.EvidenceFiles;
import io.fengsui.edge.evidence.TestingFiles;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two minutes and more of backlog and four of pictures before a line of 1 Mbit/s that they share: new alarms come through
 * while both are on their way. The bound of 5 s is the promise itself.
 */
@Tag("slow")
class BacklogTest {
    private static final long MEGABIT = 1_000_000 / 8;
    private static final int BACKLOG = 20_000;
    private static final int PICTURES = 30;
    private static final int PICTURE_BYTES = 1 << 20;
    private static final int ALARMS = 60;
    private static final Duration PROMISE = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    @Test
    void aNewAlarmIsNotDelayedByBacklogAndPictures() throws Exception {
        EvidenceFiles files = new EvidenceFiles(directory.resolve("evidence"));
        try (ScriptedHub hub = new ScriptedHub();
                ThinLine line = new ThinLine(hub.port(), MEGABIT);
                TestingEdge edge = new TestingEdge(directory.resolve("spool"), TimeSource.system())) {
            promisePictures(edge, files);
            for (int i = 0; i < BACKLOG; i++) {
                putWhenThereIsRoom(edge, TestingEvents.sized(Lane.BULK, Phase.INSTANT, 400));
            }
            await().until(() -> edge.spool.lane(Lane.BULK).last() == BACKLOG);
            edge.connect(TestingEdge.settings(line.port()), files);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> hub.records(Lane.BULK).size() > 100 && hub.pictures.bytes.size() > 100_000);

            Map<EventId, Long> put = new HashMap<>();
            for (int i = 0; i < ALARMS; i++) {
                Event alarm = TestingEvents.event(Lane.URGENT, Phase.INSTANT);
                put.put(alarm.id(), System.nanoTime());
                putWhenThereIsRoom(edge, alarm);
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> hub.records(Lane.URGENT).size() == PICTURES + ALARMS);
            List<Long> delays = delays(hub, put);
            assertThat(hub.records(Lane.BULK))
                    .as("the backlog is still on its way")
                    .hasSizeLessThan(BACKLOG);
            assertThat(hub.pictures.offers).as("and pictures are").hasSizeBetween(1, PICTURES - 1);
            System.err.printf(
                    "alarms %d, delay p50 %d ms, p99 %d ms, most %d ms; backlog sent %d of %d records, pictures %d KiB of %d, line %d KiB%n",
                    delays.size(),
                    delays.get(delays.size() / 2),
                    delays.get(delays.size() * 99 / 100),
                    delays.getLast(),
                    hub.records(Lane.BULK).size(),
                    BACKLOG,
                    hub.pictures.bytes.size() >> 10,
                    PICTURES * PICTURE_BYTES >> 10,
                    line.carried() >> 10);
            assertThat(delays.getLast()).isLessThanOrEqualTo(PROMISE.toMillis());
        }
    }

    private static void promisePictures(TestingEdge edge, EvidenceFiles files) throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < PICTURES; i++) {
            byte[] picture = new byte[PICTURE_BYTES];
            random.nextBytes(picture);
            Sha256 hash = TestingFiles.store(files, picture);
            Evidence ready = TestingEvents.picture().ready(hash, picture.length);
            putWhenThereIsRoom(edge, TestingEvents.event(Lane.URGENT, Phase.INSTANT, ready));
        }
        await().until(() -> edge.spool.lane(Lane.URGENT).last() == PICTURES);
    }

    private static void putWhenThereIsRoom(TestingEdge edge, Event event) {
        while (!edge.ring.offer(TestingEvents.slot(event))) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<Long> delays(ScriptedHub hub, Map<EventId, Long> put) throws Exception {
        List<Long> delays = new ArrayList<>();
        for (LaneRecord record : hub.records(Lane.URGENT)) {
            Event event = (Event) WireRecords.decode(record.body());
            Long since = put.get(event.id());
            if (since != null) {
                delays.add(
                        (Objects.requireNonNull(hub.arrivals.get(Lane.URGENT)).get((int) record.sequence() - 1) - since)
                                / 1_000_000);
            }
        }
        Collections.sort(delays);
        return delays;
    }
}
