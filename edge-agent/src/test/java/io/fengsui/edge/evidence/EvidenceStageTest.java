package io.fengsui.edge.evidence;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.vision.NoPictureException;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireRecords;
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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceStageTest {
    @TempDir
    private Path directory;

    private EvidenceBench bench;

    @BeforeEach
    void start() {
        bench = new EvidenceBench(directory);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void storesThePictureUnderItsHashAndTellsSo() throws Exception {
        byte[] picture = bench.picture(5000);
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        Event event = bench.promise();
        stage.request(EvidenceBench.request(event));
        await().until(() -> !bench.outcomes.isEmpty());

        Sha256 hash = Sha256.hashOf(picture);
        assertThat(bench.outcomes)
                .containsExactly(new PictureOutcome.Taken(
                        event.id(), event.evidence().getFirst().id(), hash, 5000));
        assertThat(stage.files().open(hash)).hasValueSatisfying(file -> {
            try (file) {
                assertThat(file.size()).isEqualTo(5000);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(bench.stateOf(event)).isEqualTo(EvidenceRow.State.TAKEN);

        Evidence ready = event.evidence().getFirst().ready(hash, 5000);
        bench.change(event.withEvidence(List.of(ready), TestingEvents.at(NOON)));
        await().until(() -> bench.stateOf(event) == EvidenceRow.State.READY);
    }

    @Test
    void whileTheSpoolIsNotOpenNoFileIsTakenForOneThatNothingRefersTo() throws Exception {
        bench.close();
        Files.delete(directory.resolve("spool").resolve("spool.db"));
        Path folder = Files.createDirectories(directory.resolve("evidence").resolve("ab"));
        Path left = Files.writeString(folder.resolve("ab".repeat(32)), "left by an earlier run");
        bench.openShut();
        byte[] picture = bench.picture(5000);
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        stage.request(EvidenceBench.request(bench.promise()));
        await().until(() -> stage.files().exists(Sha256.hashOf(picture)));
        assertThat(left).exists();
    }

    @Test
    void withoutAFolderNothingIsStoredAndTheStageStartsAllTheSame() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        EvidenceFiles files = new EvidenceFiles(file.resolve("evidence"));
        assertThat(files.bytes()).isZero();
        assertThatThrownBy(() -> files.store(bench.picture(10))).isInstanceOf(IOException.class);
    }

    @Test
    void tellsAPictureThatCannotBeTakenAsLostAlsoToTheHub() throws Exception {
        EvidenceStage stage =
                bench.begin(job -> CompletableFuture.failedFuture(new IOException("no worker")), 1 << 20, 4);
        Event event = bench.promise();
        await().until(() -> bench.stateOf(event) == EvidenceRow.State.PENDING);
        stage.request(EvidenceBench.request(event));
        await().until(() -> bench.stateOf(event) == EvidenceRow.State.LOST);

        assertThat(bench.outcomes)
                .containsExactly(new PictureOutcome.Lost(
                        event.id(), event.evidence().getFirst().id(), "no_picture"));
        try (SpoolReader reader = bench.spool.newReader()) {
            assertThat(WireRecords.decode(reader.records(Lane.URGENT, 2, 1, 1 << 20)
                            .getFirst()
                            .body()))
                    .isEqualTo(new EvidenceLost(
                            event.id(), event.evidence().getFirst().id(), "no_picture"));
        }
    }

    /** What the source fails with, also behind another stage's future. */
    @ParameterizedTest
    @CsvSource({
        "QUARANTINED, camera_quarantined",
        "NO_STREAM,   camera_offline",
        "VISION_OFF,  vision_off",
    })
    void tellsWhyNoPictureCouldBeHopedFor(NoPictureException.Cause cause, String reason) throws Exception {
        CompletableFuture<byte[]> failed = CompletableFuture.failedFuture(new NoPictureException(cause, "for people"));
        EvidenceStage stage = bench.begin(job -> failed.thenApply(picture -> picture), 1 << 20, 4);
        Event event = bench.promise();
        stage.request(EvidenceBench.request(event));
        await().until(() -> bench.stateOf(event) == EvidenceRow.State.LOST);
        assertThat(bench.outcomes)
                .containsExactly(new PictureOutcome.Lost(
                        event.id(), event.evidence().getFirst().id(), reason));
        assertThat(EvidenceBench.count(bench.meters, reason)).isEqualTo(1);
    }

    @Test
    void anErrorOfTheSourceLosesThatPictureAndNoOther() throws Exception {
        byte[] picture = bench.picture(5000);
        AtomicBoolean isBroken = new AtomicBoolean(true);
        EvidenceStage stage = bench.begin(
                job -> {
                    if (isBroken.getAndSet(false)) {
                        throw new NoClassDefFoundError("gone");
                    }
                    return CompletableFuture.completedFuture(picture);
                },
                1 << 20,
                4);
        stage.request(EvidenceBench.request(bench.promise()));
        stage.request(EvidenceBench.request(bench.promise()));
        await().until(() -> bench.outcomes.size() == 2);
        assertThat(bench.outcomes.getFirst()).isInstanceOf(PictureOutcome.Lost.class);
        assertThat(bench.outcomes.getLast()).isInstanceOf(PictureOutcome.Taken.class);
    }

    @Test
    void whoeverIsToldAndThrowsEndsNoThread() throws Exception {
        EvidenceStage stage =
                bench.begin(job -> CompletableFuture.failedFuture(new IOException("no worker")), 1 << 20, 4);
        bench.isTellingBroken.set(true);
        stage.request(EvidenceBench.request(bench.promise()));
        await().until(() ->
                bench.meters.get("edge_evidence_failures_total").counter().count() == 1);
        bench.isTellingBroken.set(false);
        stage.request(EvidenceBench.request(bench.promise()));
        await().until(() -> bench.outcomes.size() == 1);
    }

    @Test
    void losesTheNewestRequestsWhenTheQueueIsFull() throws Exception {
        CompletableFuture<byte[]> never = new CompletableFuture<>();
        EvidenceStage stage = bench.begin(job -> never, 1 << 20, 2);
        Event event = bench.promise();
        for (int i = 0; i < 10; i++) {
            stage.request(EvidenceBench.request(event));
        }
        assertThat(EvidenceBench.count(bench.meters, "queue_full")).isBetween(7.0, 8.0);
        await().until(() -> EvidenceBench.count(bench.meters, "no_picture") >= 2);
    }

    @Test
    void settlesAfterARestartWhatWasPromised() throws Exception {
        byte[] picture = bench.picture(3000);
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        Event never = bench.promise();
        Event taken = bench.promise();
        stage.request(EvidenceBench.request(taken));
        await().until(() ->
                bench.stateOf(taken) == EvidenceRow.State.TAKEN && bench.stateOf(never) == EvidenceRow.State.PENDING);
        bench.close();
        bench.outcomes.clear();
        Files.writeString(directory.resolve("evidence").resolve("half.part"), "unfinished");

        bench.open();
        assertThat(bench.spool.restored().awaitingPictures()).containsExactlyInAnyOrder(never, taken);
        stage = bench.begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        await().until(() -> bench.outcomes.size() == 2);
        assertThat(bench.outcomes)
                .containsExactlyInAnyOrder(
                        new PictureOutcome.Lost(
                                never.id(), never.evidence().getFirst().id(), "restart"),
                        new PictureOutcome.Taken(
                                taken.id(), taken.evidence().getFirst().id(), Sha256.hashOf(picture), 3000));
        await().until(() -> bench.stateOf(never) == EvidenceRow.State.LOST);
        assertThat(directory.resolve("evidence").resolve("half.part")).doesNotExist();
        assertThat(stage.files().bytes()).isEqualTo(3000);
    }

    @Test
    void startsAlsoWhereWhatWasPromisedCannotBeRead() throws Exception {
        bench.begin(job -> CompletableFuture.completedFuture(bench.picture(10)), 1 << 20, 4);
        bench.promise();
        bench.close();
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
        bench.openShut();
        byte[] picture = bench.picture(5000);
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(picture), 1 << 20, 4);
        stage.request(EvidenceBench.request(bench.promise()));
        await().until(() -> stage.files().exists(Sha256.hashOf(picture)));
    }

    @Test
    void whatAnEarlierRunPromisedIsSettledAlsoWhileTheSpoolIsBeingChecked() throws Exception {
        Event promised = bench.promise();
        await().until(() -> bench.stateOf(promised) == EvidenceRow.State.PENDING);
        bench.close();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + directory.resolve("spool").resolve("spool.db"));
                Statement other = connection.createStatement()) {
            // The check waits for the other's transaction, as it would for a slow card.
            other.execute("BEGIN EXCLUSIVE");
            other.execute("UPDATE meta SET value=value");
            bench.openChecked();
            await().until(() -> bench.spool.generation() > 0);
            bench.begin(job -> new CompletableFuture<>(), 1 << 20, 4);
            other.execute("ROLLBACK");
        }
        await().until(() -> {
            if (bench.spool.isShut()) {
                // It waited too long for the other's transaction: once more.
                bench.time.advance(Duration.ofMinutes(10));
            }
            return bench.spool.isOpen();
        });
        await().until(() -> bench.stateOf(promised) == EvidenceRow.State.LOST);
    }

    @Test
    void aFileThatCannotBeLookedAtIsNotGivenUp() throws Exception {
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(bench.picture(4_000)), 1 << 20, 4);
        Event seen = bench.ready(stage);
        Path folder;
        try (Stream<Path> all = Files.walk(stage.files().directory())) {
            folder = Objects.requireNonNull(
                    all.filter(Files::isRegularFile).findFirst().orElseThrow().getParent());
        }
        bench.close();
        Path aside = Files.move(folder, directory.resolve("aside"));
        Files.createSymbolicLink(folder, folder.getFileName());
        bench.open();
        EvidenceStage again = bench.begin(job -> new CompletableFuture<>(), 1 << 20, 4);
        Event next = bench.promise();
        await().until(() -> bench.stateOf(next) == EvidenceRow.State.PENDING);
        again.request(EvidenceBench.request(next));
        await().until(() -> bench.stateOf(next) == EvidenceRow.State.LOST);
        assertThat(bench.stateOf(seen)).isEqualTo(EvidenceRow.State.READY);
        Files.delete(folder);
        Files.move(aside, folder);
    }

    @Test
    void aFolderThatCannotBeReadInFullIsCountedAsFarAsItCan() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("files").resolve("ab"));
        Files.write(folder.resolve("ab".repeat(32)), new byte[100]);
        Files.createSymbolicLink(folder.resolve("cd".repeat(32)), directory.resolve("nowhere"));
        assertThat(new EvidenceFiles(directory.resolve("files")).bytes()).isEqualTo(100);
    }
}
