package io.fengsui.edge.evidence;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.ring.RingSettings;
import io.fengsui.edge.ring.SlotRing;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.spool.store.SpoolReader;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.SnapshotSource;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireRecords;
import io.fengsui.runtime.ManualTimeSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceStageTest {
    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ManualTimeSource time = new ManualTimeSource(NOON);
    private final List<PictureOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final Random random = new Random(3);
    private Spool spool;
    private SlotRing ring;
    private @Nullable EvidenceStage stage;

    @BeforeEach
    void start() throws IOException {
        open();
    }

    private void open() {
        spool = Spool.open(SpoolSettings.in(directory.resolve("spool")), time);
        ring = new SlotRing(new RingSettings(64, 8, Duration.ofMillis(10)), spool, new SimpleMeterRegistry());
        spool.onWork(ring::nudge);
        ring.start();
    }

    @AfterEach
    void close() {
        EvidenceStage begun = stage;
        if (begun != null) {
            begun.close();
        }
        ring.close();
        spool.close();
    }

    private EvidenceStage begin(SnapshotSource source, long maxBytes, int queue) throws IOException {
        EvidenceSettings settings =
                new EvidenceSettings(directory.resolve("evidence"), maxBytes, queue, Duration.ofMillis(300));
        EvidenceStage begun = new EvidenceStage(settings, source, spool, outcomes::add, new EvidenceMeters(meters));
        stage = begun;
        begun.start();
        return begun;
    }

    private byte[] picture(int size) {
        byte[] picture = new byte[size];
        random.nextBytes(picture);
        return picture;
    }

    private static PictureRequest request(Event event) {
        AccessUnit unit = new AccessUnit(Codec.H264, new byte[5], true, true, 0, 0, 1, 0);
        Look look = new Look("cam-1", List.of(unit), true, GateReason.KEYFRAME);
        SnapshotJob job = new SnapshotJob(look, List.of(), List.of(), 640, 80);
        return new PictureRequest(event.id(), event.evidence().getFirst().id(), new PictureRequest.Wanted.Decided(job));
    }

    private Event promise() {
        Event event = event(Lane.URGENT, Phase.INSTANT, TestingEvents.picture());
        ring.offer(slot(event));
        return event;
    }

    private EvidenceRow.@Nullable State stateOf(Event event) {
        try (SpoolReader reader = spool.newReader()) {
            return Stream.of(EvidenceRow.State.values())
                    .flatMap(state -> reader.evidence(state, 100).stream())
                    .filter(row -> row.event().equals(event.id()))
                    .map(EvidenceRow::state)
                    .findFirst()
                    .orElse(null);
        }
    }

    @Test
    void storesThePictureUnderItsHashAndTellsSo() throws Exception {
        byte[] picture = picture(5000);
        EvidenceStage stage = begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        Event event = promise();
        stage.request(request(event));
        await().until(() -> !outcomes.isEmpty());

        Sha256 hash = Sha256.hashOf(picture);
        assertThat(outcomes)
                .containsExactly(new PictureOutcome.Taken(
                        event.id(), event.evidence().getFirst().id(), hash, 5000));
        assertThat(stage.files().open(hash)).hasValueSatisfying(file -> {
            try (file) {
                assertThat(file.size()).isEqualTo(5000);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(stateOf(event)).isEqualTo(EvidenceRow.State.TAKEN);

        Evidence ready = event.evidence().getFirst().ready(hash, 5000);
        ring.offer(slot(event.withEvidence(List.of(ready), TestingEvents.at(NOON))));
        await().until(() -> stateOf(event) == EvidenceRow.State.READY);
    }

    @Test
    void whileTheSpoolIsNotOpenNoFileIsTakenForOneThatNothingRefersTo() throws Exception {
        close();
        Files.deleteIfExists(directory.resolve("spool").resolve("spool.lock"));
        Files.delete(directory.resolve("spool").resolve("spool.db"));
        // Nobody can lock it: as on a disk that takes nothing.
        Files.createDirectory(directory.resolve("spool").resolve("spool.lock"));
        Path folder = Files.createDirectories(directory.resolve("evidence").resolve("ab"));
        Path left = Files.writeString(folder.resolve("ab".repeat(32)), "left by an earlier run");
        spool = Spool.openOrWait(SpoolSettings.in(directory.resolve("spool")), time);
        ring = new SlotRing(new RingSettings(64, 8, Duration.ofMillis(10)), spool, new SimpleMeterRegistry());
        ring.start();
        assertThat(spool.isOpen()).isFalse();
        byte[] picture = picture(5000);
        EvidenceStage stage = begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        stage.request(request(promise()));
        await().until(() -> stage.files().exists(Sha256.hashOf(picture)));
        assertThat(left).exists();
    }

    @Test
    void withoutAFolderNothingIsStoredAndTheStageStartsAllTheSame() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        EvidenceFiles files = new EvidenceFiles(file.resolve("evidence"));
        assertThat(files.bytes()).isZero();
        assertThatThrownBy(() -> files.store(picture(10))).isInstanceOf(IOException.class);
    }

    @Test
    void tellsAPictureThatCannotBeTakenAsLostAlsoToTheHub() throws Exception {
        EvidenceStage stage = begin(job -> CompletableFuture.failedFuture(new IOException("no worker")), 1 << 20, 4);
        Event event = promise();
        await().until(() -> stateOf(event) == EvidenceRow.State.PENDING);
        stage.request(request(event));
        await().until(() -> stateOf(event) == EvidenceRow.State.LOST);

        assertThat(outcomes)
                .containsExactly(new PictureOutcome.Lost(
                        event.id(), event.evidence().getFirst().id(), "no_picture"));
        try (SpoolReader reader = spool.newReader()) {
            assertThat(WireRecords.decode(reader.records(Lane.URGENT, 2, 1, 1 << 20)
                            .getFirst()
                            .body()))
                    .isEqualTo(new EvidenceLost(
                            event.id(), event.evidence().getFirst().id(), "no_picture"));
        }
    }

    @Test
    void losesTheNewestRequestsWhenTheQueueIsFull() throws Exception {
        CompletableFuture<byte[]> never = new CompletableFuture<>();
        EvidenceStage stage = begin(job -> never, 1 << 20, 2);
        Event event = promise();
        for (int i = 0; i < 10; i++) {
            stage.request(request(event));
        }
        assertThat(meters.get("edge_evidence_lost_total")
                        .tag("reason", "queue_full")
                        .counter()
                        .count())
                .isBetween(7.0, 8.0);
        await().until(() -> meters.get("edge_evidence_lost_total")
                        .tag("reason", "no_picture")
                        .counter()
                        .count()
                >= 2);
    }

    @Test
    void settlesAfterARestartWhatWasPromised() throws Exception {
        byte[] picture = picture(3000);
        EvidenceStage stage = begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        Event never = promise();
        Event taken = promise();
        stage.request(request(taken));
        await().until(() -> stateOf(taken) == EvidenceRow.State.TAKEN && stateOf(never) == EvidenceRow.State.PENDING);
        close();
        outcomes.clear();
        Files.writeString(directory.resolve("evidence").resolve("half.part"), "unfinished");

        open();
        assertThat(spool.restored().awaitingPictures()).containsExactlyInAnyOrder(never, taken);
        stage = begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        await().until(() -> outcomes.size() == 2);
        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        new PictureOutcome.Lost(
                                never.id(), never.evidence().getFirst().id(), "restart"),
                        new PictureOutcome.Taken(
                                taken.id(), taken.evidence().getFirst().id(), Sha256.hashOf(picture), 3000));
        await().until(() -> stateOf(never) == EvidenceRow.State.LOST);
        assertThat(directory.resolve("evidence").resolve("half.part")).doesNotExist();
        assertThat(stage.files().bytes()).isEqualTo(3000);
    }

    @Test
    void givesUpWhatTheHubHasBeforeWhatItHasNot() throws Exception {
        EvidenceStage stage = begin(job -> CompletableFuture.completedFuture(picture(400_000)), 1 << 20, 8);
        Event delivered = ready(stage);
        Event waiting = ready(stage);
        spool.evidence().delivered(delivered.evidence().getFirst().id()).get();
        Event third = ready(stage);
        assertThat(stateOf(delivered)).isNull();
        assertThat(stateOf(waiting)).isEqualTo(EvidenceRow.State.READY);

        ready(stage);
        await().until(() -> stateOf(waiting) == EvidenceRow.State.LOST);
        assertThat(stateOf(third)).isEqualTo(EvidenceRow.State.READY);
        assertThat(stage.files().bytes()).isEqualTo(800_000);
        assertThat(meters.get("edge_evidence_lost_total")
                        .tag("reason", "evicted")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void givesPicturesUpWhileOthersFillTheDiskAndTellsThatAsAnEvent() throws Exception {
        EvidenceStage stage = begin(job -> CompletableFuture.completedFuture(picture(4_000)), 1 << 20, 8);
        Event waiting = ready(stage);
        stage.close();
        spool.tellGapsBy(TestingEvents::gap);
        EvidenceSettings greedy = new EvidenceSettings(
                directory.resolve("evidence"), 1 << 20, 8, Duration.ofMillis(300), Long.MAX_VALUE / 2);
        EvidenceStage inNeed = new EvidenceStage(
                greedy,
                job -> CompletableFuture.completedFuture(picture(4_000)),
                spool,
                outcomes::add,
                new EvidenceMeters(new SimpleMeterRegistry()));
        this.stage = inNeed;
        inNeed.start();
        await().until(() -> stateOf(waiting) == EvidenceRow.State.LOST);
        assertThat(inNeed.files().bytes()).isZero();

        Event next = promise();
        await().until(() -> stateOf(next) == EvidenceRow.State.PENDING);
        inNeed.request(request(next));
        await().until(() -> stateOf(next) == EvidenceRow.State.LOST);
        assertThat(outcomes.getLast())
                .isEqualTo(new PictureOutcome.Lost(
                        next.id(), next.evidence().getFirst().id(), "no_room"));
        time.advance(Duration.ofMinutes(10));
        await().until(() -> toldPictures() == 2);
    }

    @Test
    void aPictureWhoseFileCannotBeRemovedIsNotGivenUp() throws Exception {
        EvidenceStage stage = begin(job -> CompletableFuture.completedFuture(picture(4_000)), 1 << 20, 8);
        Event waiting = ready(stage);
        Path file = fileOf(stage);
        stage.close();
        Files.delete(file);
        Files.createDirectories(file.resolve("something"));
        inNeed(waiting);
        assertThat(stateOf(waiting)).isEqualTo(EvidenceRow.State.READY);
    }

    @Test
    void whileTheSpoolIsNotOpenNothingIsGivenUp() throws Exception {
        EvidenceStage stage = begin(job -> CompletableFuture.completedFuture(picture(4_000)), 1 << 20, 8);
        Event waiting = ready(stage);
        Path file = fileOf(stage);
        close();
        openShut();
        inNeed(waiting);
        assertThat(file).exists();
        assertThat(stateOf(waiting)).isEqualTo(EvidenceRow.State.READY);
    }

    @Test
    void startsAlsoWhereWhatWasPromisedCannotBeRead() throws Exception {
        begin(job -> CompletableFuture.completedFuture(picture(10)), 1 << 20, 4);
        promise();
        close();
        Path database = directory.resolve("spool").resolve("spool.db");
        byte[] bytes = Files.readAllBytes(database);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet roots = statement.executeQuery(
                        "SELECT rootpage FROM sqlite_schema WHERE tbl_name='evidence' AND rootpage>0")) {
            while (roots.next()) {
                int end = roots.getInt(1) * 4096;
                Arrays.fill(bytes, end - 4096, end, (byte) 0);
            }
        }
        Files.write(database, bytes);
        openShut();
        byte[] picture = picture(5000);
        EvidenceStage stage = begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        stage.request(request(promise()));
        await().until(() -> stage.files().exists(Sha256.hashOf(picture)));
    }

    @Test
    void aFolderThatCannotBeReadInFullIsCountedAsFarAsItCan() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("files").resolve("ab"));
        Files.write(folder.resolve("ab".repeat(32)), new byte[100]);
        Files.createSymbolicLink(folder.resolve("cd".repeat(32)), directory.resolve("nowhere"));
        assertThat(new EvidenceFiles(directory.resolve("files")).bytes()).isEqualTo(100);
    }

    /** The only one. */
    private static Path fileOf(EvidenceStage stage) throws IOException {
        try (Stream<Path> all = Files.walk(stage.files().directory())) {
            return all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    /** Nobody can lock it: as on a disk that takes nothing. */
    private void openShut() throws IOException {
        Path lock = directory.resolve("spool").resolve("spool.lock");
        Files.deleteIfExists(lock);
        Files.createDirectory(lock);
        spool = Spool.openOrWait(SpoolSettings.in(directory.resolve("spool")), time);
        ring = new SlotRing(new RingSettings(64, 8, Duration.ofMillis(10)), spool, new SimpleMeterRegistry());
        ring.start();
        assertThat(spool.isOpen()).isFalse();
    }

    /** A stage for which the disk has not enough room, and a picture that it has no place for. */
    private void inNeed(Event waiting) throws Exception {
        SimpleMeterRegistry ownMeters = new SimpleMeterRegistry();
        EvidenceSettings greedy = new EvidenceSettings(
                directory.resolve("evidence"), 1 << 20, 8, Duration.ofMillis(300), Long.MAX_VALUE / 2);
        EvidenceStage inNeed = new EvidenceStage(
                greedy,
                job -> CompletableFuture.completedFuture(picture(4_000)),
                spool,
                outcomes::add,
                new EvidenceMeters(ownMeters));
        this.stage = inNeed;
        inNeed.start();
        outcomes.clear();
        inNeed.request(request(promise()));
        await().until(() -> !outcomes.isEmpty());
        assertThat(outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        PictureOutcome.Lost.class,
                        lost -> assertThat(lost.reason()).isEqualTo("no_room"));
        assertThat(outcomes.getFirst().event()).isNotEqualTo(waiting.id());
        assertThat(ownMeters
                        .get("edge_evidence_lost_total")
                        .tag("reason", "evicted")
                        .counter()
                        .count())
                .isZero();
    }

    private long toldPictures() throws Exception {
        long told = 0;
        try (SpoolReader reader = spool.newReader()) {
            for (var record : reader.records(Lane.URGENT, 1, 100, 1 << 20)) {
                if (WireRecords.decode(record.body()) instanceof Event event
                        && "pictures".equals(event.attributes().get("cause"))) {
                    told += Long.parseLong(event.attributes().get("records"));
                }
            }
        }
        return told;
    }

    private Event ready(EvidenceStage stage) {
        Event event = promise();
        int before = outcomes.size();
        stage.request(request(event));
        await().until(() -> outcomes.size() > before);
        PictureOutcome.Taken taken = (PictureOutcome.Taken) outcomes.getLast();
        Evidence ready = event.evidence().getFirst().ready(taken.sha256(), taken.size());
        time.advance(Duration.ofSeconds(1));
        ring.offer(slot(event.withEvidence(List.of(ready), TestingEvents.at(NOON))));
        await().until(() -> stateOf(event) == EvidenceRow.State.READY);
        return event;
    }
}
