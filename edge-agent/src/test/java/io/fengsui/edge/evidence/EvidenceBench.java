package io.fengsui.edge.evidence;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.ring.RingSettings;
import io.fengsui.edge.ring.SlotRing;
import io.fengsui.edge.spool.Checks;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingLock;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.SnapshotSource;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.ManualTimeSource;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An evidence stage with a spool and a ring of its own in a folder. */
final class EvidenceBench implements AutoCloseable {
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ManualTimeSource time = new ManualTimeSource(NOON);
    final AtomicBoolean isTellingBroken = new AtomicBoolean();
    final List<PictureOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final Path directory;
    private final Random random = new Random(3);
    Spool spool;
    private SlotRing ring;
    private @Nullable EvidenceStage stage;

    EvidenceBench(Path directory) {
        this.directory = directory;
        spool = Spool.open(settings(), time);
        ring = ring(spool);
        spool.onWork(ring::nudge);
    }

    void open() {
        spool = Spool.open(settings(), time);
        ring = ring(spool);
        spool.onWork(ring::nudge);
    }

    /** Nobody can lock it: as on a disk that takes nothing. */
    void openShut() throws IOException {
        TestingLock.shut(directory.resolve("spool"));
        spool = Spool.openOrWait(settings(), Checks.AT_ONCE, time);
        ring = ring(spool);
        assertThat(spool.isOpen()).isFalse();
    }

    /** It is verified on a thread of its own, and nobody waits for that. */
    void openChecked() {
        spool = Spool.openOrWait(
                settings(), new Checks(work -> Thread.ofPlatform().start(work), Duration.ZERO), time);
        ring = ring(spool);
        spool.onWork(ring::nudge);
    }

    private SpoolSettings settings() {
        return SpoolSettings.in(directory.resolve("spool"));
    }

    private static SlotRing ring(Spool spool) {
        SlotRing ring = new SlotRing(
                new RingSettings(64, 8, Duration.ofMillis(10)), spool, new SimpleMeterRegistry(), TimeSource.system());
        ring.start();
        return ring;
    }

    @Override
    public void close() {
        stop();
    }

    /** It can be opened again. */
    void stop() {
        EvidenceStage begun = stage;
        if (begun != null) {
            begun.close();
        }
        ring.close();
        spool.close();
    }

    EvidenceStage begin(SnapshotSource source, long maxBytes, int queue) throws IOException {
        return begin(
                source,
                new EvidenceSettings(directory.resolve("evidence"), maxBytes, queue, Duration.ofMillis(300)),
                meters);
    }

    /** For which the disk has not enough room. */
    EvidenceStage beginInNeed(SimpleMeterRegistry ownMeters) throws IOException {
        return begin(
                job -> CompletableFuture.completedFuture(picture(4_000)),
                new EvidenceSettings(
                        directory.resolve("evidence"), 1 << 20, 8, Duration.ofMillis(300), Long.MAX_VALUE / 2),
                ownMeters);
    }

    private EvidenceStage begin(SnapshotSource source, EvidenceSettings settings, SimpleMeterRegistry registry)
            throws IOException {
        EvidenceStage begun = new EvidenceStage(settings, source, spool, this::tell, new EvidenceMeters(registry));
        stage = begun;
        begun.start();
        return begun;
    }

    private void tell(PictureOutcome outcome) {
        if (isTellingBroken.get()) {
            throw new NoClassDefFoundError("gone");
        }
        outcomes.add(outcome);
    }

    byte[] picture(int size) {
        byte[] picture = new byte[size];
        random.nextBytes(picture);
        return picture;
    }

    static PictureRequest request(Event event) {
        AccessUnit unit = new AccessUnit(Codec.H264, new byte[5], true, true, 0, 0, 1, 0);
        Look look = new Look("cam-1", List.of(unit), true, GateReason.KEYFRAME);
        SnapshotJob job = new SnapshotJob(look, List.of(), List.of(), 640, 80);
        return new PictureRequest(event.id(), event.evidence().getFirst().id(), new PictureRequest.Wanted.Decided(job));
    }

    Event promise() {
        Event event = event(Lane.URGENT, Phase.INSTANT, TestingEvents.picture());
        ring.offer(slot(event));
        return event;
    }

    EvidenceRow.@Nullable State stateOf(Event event) {
        try (SpoolReader reader = spool.newReader()) {
            return Stream.of(EvidenceRow.State.values())
                    .flatMap(state -> reader.evidence(state, 100).stream())
                    .filter(row -> row.event().equals(event.id()))
                    .map(EvidenceRow::state)
                    .findFirst()
                    .orElse(null);
        }
    }

    Event ready(EvidenceStage stage) {
        Event event = promise();
        int before = outcomes.size();
        stage.request(request(event));
        await().until(() -> outcomes.size() > before);
        PictureOutcome.Taken taken = (PictureOutcome.Taken) outcomes.getLast();
        Evidence ready = event.evidence().getFirst().ready(taken.sha256(), taken.size());
        time.advance(Duration.ofSeconds(1));
        change(event.withEvidence(List.of(ready), TestingEvents.at(NOON)));
        await().until(() -> stateOf(event) == EvidenceRow.State.READY);
        return event;
    }

    void change(Event event) {
        ring.offer(slot(event));
    }

    static double count(SimpleMeterRegistry meters, String reason) {
        return meters.get("edge_evidence_lost_total")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
