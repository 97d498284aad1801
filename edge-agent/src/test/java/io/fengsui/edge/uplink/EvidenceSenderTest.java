package io.fengsui.edge.uplink;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.bitstream.Codec;
import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.evidence.EvidenceMeters;
import io.fengsui.edge.evidence.EvidenceSettings;
import io.fengsui.edge.evidence.EvidenceStage;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.edge.gate.Look;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.edge.spool.store.EvidenceRow;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.wire.WireRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceSenderTest {
    @TempDir
    Path directory;

    private final byte[] picture = new byte[300_000];
    private final BlockingQueue<PictureOutcome> outcomes = new LinkedBlockingQueue<>();
    private ScriptedHub hub;
    private TestingEdge edge;
    private EvidenceStage stage;

    @BeforeEach
    void start() throws IOException {
        new Random(9).nextBytes(picture);
        hub = new ScriptedHub();
        edge = new TestingEdge(directory.resolve("spool"));
        stage = new EvidenceStage(
                EvidenceSettings.in(directory.resolve("evidence")),
                job -> CompletableFuture.completedFuture(picture),
                edge.spool,
                outcomes::add,
                new EvidenceMeters(edge.meters));
        stage.start();
    }

    @AfterEach
    void stop() {
        edge.close();
        stage.close();
        hub.close();
    }

    private Event ready() throws InterruptedException {
        Event event = event(Lane.URGENT, Phase.INSTANT, TestingEvents.picture());
        edge.put(event);
        AccessUnit unit = new AccessUnit(Codec.H264, new byte[5], true, true, 0, 0, 1, 0);
        SnapshotJob job = new SnapshotJob(
                new Look("cam-1", List.of(unit), true, GateReason.KEYFRAME), List.of(), List.of(), 640, 80);
        stage.request(new PictureRequest(
                event.id(), event.evidence().getFirst().id(), new PictureRequest.Wanted.Decided(job)));
        PictureOutcome.Taken taken = (PictureOutcome.Taken) outcomes.take();
        Event told = event.withEvidence(
                List.of(event.evidence().getFirst().ready(taken.sha256(), taken.size())), TestingEvents.at(NOON));
        edge.put(told);
        return told;
    }

    private List<EvidenceRow> rows(EvidenceRow.State state) {
        try (SpoolReader reader = edge.spool.newReader()) {
            return reader.evidence(state, 10);
        }
    }

    @Test
    void sendsAPictureAfterItsEventIsAcknowledged() throws Exception {
        Event event = ready();
        edge.connect(TestingEdge.settings(hub.port()), stage.files());
        await().until(() -> rows(EvidenceRow.State.DELIVERED).size() == 1);

        assertThat(hub.pictures.bytes.toByteArray()).isEqualTo(picture);
        assertThat(hub.pictures.offers).hasSize(1);
        assertThat(hub.pictures.offers.getFirst().event()).isEqualTo(event.id());
        assertThat(hub.pictures.offers.getFirst().mediaType()).isEqualTo("image/jpeg");
    }

    @Test
    void sendsNoPictureOfAnEventThatTheHubHasNotAcknowledged() throws Exception {
        hub.acknowledges = false;
        ready();
        edge.connect(TestingEdge.settings(hub.port()), stage.files());
        await().until(() -> hub.records(Lane.URGENT).size() == 2 && !hub.heartbeats.isEmpty());
        assertThat(hub.pictures.offers).isEmpty();
    }

    @Test
    void aPictureWhoseDeliveryCannotBeWrittenDownIsSentOnce() throws Exception {
        ready();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool/spool.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=5000");
            statement.execute("CREATE TRIGGER no_delivery BEFORE UPDATE ON evidence WHEN NEW.state='DELIVERED'"
                    + " BEGIN SELECT RAISE(ABORT, 'scripted'); END");
            edge.connect(TestingEdge.settings(hub.port()), stage.files());
            await().until(() -> hub.pictures.offers.size() == 1 && !hub.heartbeats.isEmpty());
            assertThat(rows(EvidenceRow.State.DELIVERED)).isEmpty();
            statement.execute("DROP TRIGGER no_delivery");
        }
        edge.time.advance(Duration.ofSeconds(5));
        await().until(() -> rows(EvidenceRow.State.DELIVERED).size() == 1);
        assertThat(hub.pictures.offers).hasSize(1);
    }

    @Test
    void goesOnFromTheByteThatTheHubAsksFor() throws Exception {
        hub.pictures.breakAfter = 100_000;
        ready();
        edge.connect(TestingEdge.settings(hub.port()), stage.files());
        await().until(() -> hub.pictures.offers.size() == 1 && hub.pictures.bytes.size() >= 100_000);
        int had = hub.pictures.bytes.size();
        hub.drop();
        await().until(() -> rows(EvidenceRow.State.DELIVERED).size() == 1);

        assertThat(had).isLessThan(picture.length);
        assertThat(hub.pictures.offers).hasSize(2);
        assertThat(hub.pictures.bytes.toByteArray()).isEqualTo(picture);
    }

    @Test
    void aRefusedPictureIsLostAndTheHubIsToldSo() throws Exception {
        hub.pictures.refusal = "too large";
        Event event = ready();
        edge.connect(TestingEdge.settings(hub.port()), stage.files());
        await().until(() -> hub.records(Lane.URGENT).size() == 3);

        assertThat(WireRecords.decode(hub.records(Lane.URGENT).getLast().body()))
                .isEqualTo(
                        new EvidenceLost(event.id(), event.evidence().getFirst().id(), "refused"));
        assertThat(rows(EvidenceRow.State.LOST)).hasSize(1);
        assertThat(hub.pictures.offers).hasSize(1);
    }
}
