package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.WireEvidence;
import io.fengsui.protocol.wire.v1.EvidenceReceipt;
import io.fengsui.protocol.wire.v1.EvidenceUpload;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A meter stands still, the camera hangs on another box: what that box answers makes the ticket worse or milder. */
class HubAnswerTest extends TownTest {
    private static final byte[] PICTURE = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};

    private final UUID picture = new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0002L);
    private TestEdge other;

    @BeforeEach
    void connect() {
        other = new TestEdge("edge-2", town.time);
        assertThat(other.serve(town.hub.port())).isTrue();
        assertThat(edge.serve(town.hub.port())).isTrue();
    }

    @AfterEach
    void disconnect() {
        other.close();
    }

    private Question tell() throws Exception {
        Event.Origin origin =
                new Event.Origin("edge-1", "site-1", Source.sensor("meter-7"), "household-7", Place.UNKNOWN);
        Event plain = town.begun("water.use.none", "no-water/meter-7", Lane.URGENT, origin);
        Map<String, String> asking = Map.of(
                "activity", "asked",
                "ask-cameras", "cam-1",
                "ask-zone", "hall",
                "ask-labels", "person",
                "ask-min-watched-percent", "90",
                "activity-window-seconds", "43200");
        edge.record(new Event(
                plain.id(),
                1,
                plain.phase(),
                plain.kind(),
                Severity.MAJOR,
                plain.lane(),
                origin,
                plain.times(),
                plain.cause(),
                plain.dedupKey(),
                asking,
                List.of(),
                List.of(),
                List.of(),
                Event.Marks.NONE));
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(severity()).isEqualTo("major");
        return other.question();
    }

    private String severity() {
        return town.one(String.class, "SELECT severity FROM ticket");
    }

    @Test
    void nobodySeenInATimeThatWasWatchedMakesItCritical() throws Exception {
        other.answer(tell(), new Answer.Activity(false, 0.97, null, null));
        await().untilAsserted(() -> assertThat(severity()).isEqualTo("critical"));
    }

    @Test
    void notWatchedLeavesItMajorAndSaysSo() throws Exception {
        other.answer(tell(), new Answer.Activity(false, 0.2, null, null));
        await().untilAsserted(() ->
                assertThat(town.count("SELECT COUNT(*) FROM event")).isEqualTo(2));
        assertThat(severity()).isEqualTo("major");
    }

    @Test
    void seenLowersItWithThePictureOfTheOtherBox() throws Exception {
        Question question = tell();
        Event plain = town.begun("edge-2", "activity.shown", "activity/cam-1/hall");
        Event shown =
                town.with(town.becomes(plain, Severity.INFO), Evidence.pending(picture, "image/jpeg", other.now()));
        other.answer(
                question,
                new Answer.Activity(
                        true,
                        0.97,
                        other.now(),
                        new Answer.Shown(shown.id(), shown.evidence().getFirst())));
        await().untilAsserted(() -> assertThat(severity()).isEqualTo("minor"));
        assertThat(town.count("SELECT COUNT(*) FROM ticket_fact WHERE kind = 'severity-lowered'"))
                .isEqualTo(1);

        other.record(shown);
        other.sendAll();
        other.awaitAcknowledged();
        assertThat(town.count("SELECT COUNT(*) FROM ticket"))
                .as("the picture opens none")
                .isEqualTo(1);
        upload(shown);
        assertThat(town.one(String.class, "SELECT evidence_id FROM ticket")).isEqualTo(picture.toString());

        town.time.advance(Duration.ofMinutes(1));
        assertThat(severity()).isEqualTo("minor");
    }

    @Test
    void whatOnlyTheHubSaysIsNotBelievedOfAnEdge() throws Exception {
        Event first = town.becomes(town.begun("edge-1", "water.level", "level/well-1"), Severity.MAJOR);
        edge.record(first);
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(severity()).isEqualTo("major");

        Map<String, String> forged = Map.of(
                "answer-to",
                first.id().toString(),
                "last-seen-edge",
                "edge-2",
                "last-seen-event",
                "01939a00-0000-7000-8000-000000000001",
                "last-seen-picture",
                picture.toString());
        Event milder = town.becomes(town.begun("edge-1", "water.level", "level/well-1"), Severity.MINOR);
        edge.record(told(milder, forged));
        edge.tellVolatile(
                told(town.becomes(town.begun("edge-1", "water.level", "level/well-1"), Severity.MINOR), forged));
        edge.sendAll();
        edge.awaitAcknowledged();
        await().untilAsserted(() ->
                assertThat(town.count("SELECT COUNT(*) FROM event")).isEqualTo(3));
        assertThat(severity()).isEqualTo("major");
        assertThat(town.count("SELECT COUNT(*) FROM evidence")).isZero();

        other.record(told(
                new Event(
                        first.id(),
                        3,
                        first.phase(),
                        first.kind(),
                        Severity.MINOR,
                        first.lane(),
                        other(first.origin()),
                        first.times(),
                        first.cause(),
                        first.dedupKey(),
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Event.Marks.NONE),
                Map.of()));
        other.sendAll();
        other.awaitAcknowledged();
        assertThat(town.count("SELECT COUNT(*) FROM quarantine"))
                .as("an event of another edge")
                .isEqualTo(1);
        assertThat(severity()).isEqualTo("major");
    }

    private static Event.Origin other(Event.Origin origin) {
        return new Event.Origin("edge-2", origin.site(), origin.source(), origin.subject(), origin.place());
    }

    private static Event told(Event event, Map<String, String> attributes) {
        return event.retold(attributes, event.why());
    }

    private void upload(Event shown) throws InterruptedException {
        BlockingQueue<EvidenceReceipt> receipts = new LinkedBlockingQueue<>();
        StreamObserver<EvidenceUpload> upload = other.upload(receipts);
        upload.onNext(WireEvidence.toMessage(new EvidenceOffer(
                "edge-2", shown.id(), picture, "image/jpeg", Sha256.hashOf(PICTURE), PICTURE.length)));
        assertThat(receipts.poll(10, TimeUnit.SECONDS)).isNotNull();
        upload.onNext(WireEvidence.toMessage(new EvidenceChunk(picture, 0, PICTURE)));
        assertThat(receipts.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void replaysChangedRulesOverTheRecordingsOfAnEdge() throws Exception {
        URI start = URI.create("http://127.0.0.1:" + town.hub.port() + "/api/v1/edges/edge-2/replays");
        HttpResponse<String> taken = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(start)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"rules\": \"rules: []\", \"since\": \"12h\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(taken.body()).contains("\"state\":\"running\"");
        String id = taken.body().replaceAll("(?s).*\"id\":\"([0-9a-f-]+)\".*", "$1");

        Question question = other.question();
        assertThat(question.matter())
                .isEqualTo(
                        new Question.ReplayRules("rules: []", town.time.wall().minus(Duration.ofHours(12))));
        other.answer(question, new Answer.Progress(0.5));
        await().untilAsserted(() -> assertThat(replay(id)).contains("\"share\":0.5"));
        Answer.Replayed.Difference lost =
                new Answer.Replayed.Difference(false, town.time.wall(), "river", "level-1", Severity.MINOR);
        other.answer(
                question,
                new Answer.Replayed(
                        town.time.wall(),
                        town.time.wall(),
                        7,
                        9,
                        0,
                        List.of(new Answer.Replayed.Rule("river", 14, 31)),
                        List.of(lost),
                        16));
        await().untilAsserted(() -> assertThat(replay(id))
                .contains("\"state\":\"done\"", "\"would\":14", "\"was\":31", "\"change\":\"-\""));
    }

    private String replay(String id) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + town.hub.port() + "/api/v1/replays/" + id);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
