package io.fengsui.edge.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.wire.WireRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given up for want of room, and what is not. */
class EvidenceRoomTest {
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
    void givesUpWhatTheHubHasBeforeWhatItHasNot() throws Exception {
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(bench.picture(400_000)), 1 << 20, 8);
        Event delivered = bench.ready(stage);
        Event waiting = bench.ready(stage);
        bench.spool.evidence().delivered(delivered.evidence().getFirst().id()).get();
        Event third = bench.ready(stage);
        assertThat(bench.stateOf(delivered)).isNull();
        assertThat(bench.stateOf(waiting)).isEqualTo(EvidenceRow.State.READY);

        bench.ready(stage);
        await().until(() -> bench.stateOf(waiting) == EvidenceRow.State.LOST);
        assertThat(bench.stateOf(third)).isEqualTo(EvidenceRow.State.READY);
        assertThat(stage.files().bytes()).isEqualTo(800_000);
        assertThat(EvidenceBench.count(bench.meters, "evicted")).isEqualTo(1);
    }

    @Test
    void givesPicturesUpWhileOthersFillTheDiskAndTellsThatAsAnEvent() throws Exception {
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(bench.picture(4_000)), 1 << 20, 8);
        Event waiting = bench.ready(stage);
        stage.close();
        bench.spool.tellGapsBy(TestingEvents::gap);
        EvidenceStage inNeed = bench.beginInNeed(new SimpleMeterRegistry());
        await().until(() -> bench.stateOf(waiting) == EvidenceRow.State.LOST);
        assertThat(inNeed.files().bytes()).isZero();

        Event next = bench.promise();
        await().until(() -> bench.stateOf(next) == EvidenceRow.State.PENDING);
        inNeed.request(EvidenceBench.request(next));
        await().until(() -> bench.stateOf(next) == EvidenceRow.State.LOST);
        assertThat(bench.outcomes.getLast())
                .isEqualTo(new PictureOutcome.Lost(
                        next.id(), next.evidence().getFirst().id(), "no_room"));
        bench.time.advance(Duration.ofMinutes(10));
        await().until(() -> toldPictures() == 2);
    }

    @Test
    void aPictureWhoseFileCannotBeRemovedIsNotGivenUp() throws Exception {
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(bench.picture(4_000)), 1 << 20, 8);
        Event waiting = bench.ready(stage);
        Path file = fileOf(stage);
        stage.close();
        Files.delete(file);
        Files.createDirectories(file.resolve("something"));
        inNeed(waiting);
        assertThat(bench.stateOf(waiting)).isEqualTo(EvidenceRow.State.READY);
    }

    @Test
    void oneFileThatCannotBeRemovedKeepsNoOtherFromBeingGivenUp() throws Exception {
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(bench.picture(400_000)), 1 << 20, 8);
        Event stuck = bench.ready(stage);
        Path file = fileOf(stage);
        Files.delete(file);
        Files.createDirectories(file.resolve("something"));
        Event second = bench.ready(stage);
        bench.ready(stage);
        await().until(() -> bench.stateOf(second) == EvidenceRow.State.LOST);
        assertThat(bench.stateOf(stuck)).isEqualTo(EvidenceRow.State.READY);
    }

    @Test
    void whileTheSpoolIsNotOpenNothingIsGivenUp() throws Exception {
        EvidenceStage stage = bench.begin(job -> CompletableFuture.completedFuture(bench.picture(4_000)), 1 << 20, 8);
        Event waiting = bench.ready(stage);
        Path file = fileOf(stage);
        bench.close();
        bench.openShut();
        inNeed(waiting);
        assertThat(file).exists();
        assertThat(bench.stateOf(waiting)).isEqualTo(EvidenceRow.State.READY);
    }

    /** The only one. */
    private static Path fileOf(EvidenceStage stage) throws IOException {
        try (Stream<Path> all = Files.walk(stage.files().directory())) {
            return all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    /** A stage for which the disk has not enough room, and a picture that it has no place for. */
    private void inNeed(Event waiting) throws Exception {
        SimpleMeterRegistry ownMeters = new SimpleMeterRegistry();
        EvidenceStage inNeed = bench.beginInNeed(ownMeters);
        bench.outcomes.clear();
        inNeed.request(EvidenceBench.request(bench.promise()));
        await().until(() -> !bench.outcomes.isEmpty());
        assertThat(bench.outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        PictureOutcome.Lost.class,
                        lost -> assertThat(lost.reason()).isEqualTo("no_room"));
        assertThat(bench.outcomes.getFirst().event()).isNotEqualTo(waiting.id());
        assertThat(EvidenceBench.count(ownMeters, "evicted")).isZero();
    }

    private long toldPictures() throws Exception {
        long told = 0;
        try (SpoolReader reader = bench.spool.newReader()) {
            for (var record : reader.records(Lane.URGENT, 1, 100, 1 << 20)) {
                if (WireRecords.decode(record.body()) instanceof Event event
                        && "pictures".equals(event.attributes().get("cause"))) {
                    told += Long.parseLong(event.attributes().get("records"));
                }
            }
        }
        return told;
    }
}
