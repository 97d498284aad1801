package io.fengsui.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.RecordBody;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.link.Acknowledgement;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.CameraInfo;
import io.fengsui.protocol.link.EvidenceChunk;
import io.fengsui.protocol.link.EvidenceOffer;
import io.fengsui.protocol.link.EvidenceReceipt;
import io.fengsui.protocol.link.ForkReport;
import io.fengsui.protocol.link.Heartbeat;
import io.fengsui.protocol.link.Hello;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.link.ModelInUse;
import io.fengsui.protocol.link.Order;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.link.SensorInfo;
import io.fengsui.protocol.link.Welcome;
import io.fengsui.protocol.wire.v1.FromEdge;
import io.fengsui.protocol.wire.v1.FromHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever is sent is read as the same value: every record, over seeded random values, through real bytes. */
class RoundTripTest {
    private static final int SEEDS = 200;

    /** Reads a message from its bytes, as a peer does. */
    @SuppressWarnings("unchecked")
    private static <M extends Message> M sent(M message) throws Exception {
        return (M) message.getParserForType().parseFrom(message.toByteArray());
    }

    @RepeatedTest(SEEDS)
    void recordBodies(RepetitionInfo seed) throws Exception {
        RandomValues any = new RandomValues(seed.getCurrentRepetition());
        List<RecordBody> bodies = List.of(
                any.event(),
                new Tombstone(any.any(Tombstone.Why.class), any.eventId(), any.below(9), any.kind()),
                new EvidenceLost(any.eventId(), any.uuid(), any.text()));
        for (RecordBody body : bodies) {
            byte[] bytes = WireRecords.encode(body);
            assertThat(WireRecords.decode(bytes)).isEqualTo(body);
            assertThat(WireRecords.encode(WireRecords.decode(bytes))).isEqualTo(bytes);
        }
    }

    @RepeatedTest(SEEDS)
    void greetings(RepetitionInfo seed) throws Exception {
        RandomValues any = new RandomValues(seed.getCurrentRepetition());
        Hello hello = new Hello(
                any.below(9),
                any.text(),
                new Hello.Identity(any.id(), any.id(), any.name(), any.id(), any.text(), any.text()),
                any.moment(),
                any.listOf(2, () -> laneState(any)),
                new Hello.Inventory(
                        any.listOf(3, () -> new CameraInfo(any.id(), any.name(), any.place(), any.text())),
                        any.listOf(3, () -> new SensorInfo(any.id(), any.name(), any.place(), any.text(), any.text())),
                        any.listOf(2, () -> new ModelInUse(any.id(), any.id(), any.hash()))),
                any.text());
        FromEdge fromEdge = sent(WireEnvelopes.fromEdge(hello));
        assertThat(WireLink.fromMessage(fromEdge.getHello())).isEqualTo(hello);

        Welcome welcome = new Welcome(
                any.id(),
                any.below(9),
                any.moment(),
                any.listOf(2, () -> new LanePosition(any.any(Lane.class), any.natural(), any.hash())),
                any.seconds(),
                any.natural() + 1,
                any.natural() + 1,
                Duration.ofMillis(any.natural()).negated());
        FromHub fromHub = sent(WireEnvelopes.fromHub(welcome));
        assertThat(WireLink.fromMessage(fromHub.getWelcome())).isEqualTo(welcome);

        Refusal refusal = new Refusal(any.any(Refusal.Cause.class), any.text(), any.text(), any.seconds());
        assertThat(WireLink.fromMessage(sent(WireEnvelopes.fromHub(refusal)).getRefusal()))
                .isEqualTo(refusal);
        ForkReport fork = new ForkReport(any.any(Lane.class), any.natural() + 1, any.hash(), any.hash());
        assertThat(WireLink.fromMessage(sent(WireEnvelopes.fromEdge(fork)).getFork()))
                .isEqualTo(fork);
    }

    private static LaneState laneState(RandomValues any) {
        long last = any.natural() + 2;
        return new LaneState(any.any(Lane.class), 1 + any.below(2), last, last - any.below(2), any.hash());
    }

    @RepeatedTest(SEEDS)
    void flow(RepetitionInfo seed) throws Exception {
        RandomValues any = new RandomValues(seed.getCurrentRepetition());
        Acknowledgement acknowledgement = new Acknowledgement(any.any(Lane.class), any.id(), any.natural());
        assertThat(WireLink.fromMessage(
                        sent(WireEnvelopes.fromHub(acknowledgement)).getAcknowledgement()))
                .isEqualTo(acknowledgement);
        Heartbeat heartbeat = new Heartbeat(any.moment(), any.natural(), any.natural(), any.listOf(4, any::eventId));
        assertThat(WireLink.fromMessage(sent(WireEnvelopes.fromEdge(heartbeat)).getHeartbeat()))
                .isEqualTo(heartbeat);
        Event event = any.event();
        assertThat(WireEvents.fromMessage(sent(WireEnvelopes.volatileEvent(event))
                        .getVolatileEvent()
                        .getEvent()))
                .isEqualTo(event);
        assertThat(WireValues.fromMessage(
                        sent(WireEnvelopes.heartbeatReply(event.times().occurred()))
                                .getHeartbeatReply()
                                .getClock()))
                .isEqualTo(event.times().occurred());
    }

    @RepeatedTest(SEEDS)
    void batches(RepetitionInfo seed) throws Exception {
        RandomValues any = new RandomValues(seed.getCurrentRepetition());
        List<LaneRecord> records = new ArrayList<>();
        byte[] hash = PrefixHash.none();
        long first = any.natural() + 1;
        for (int i = 0; i < any.below(6); i++) {
            byte[] body = any.bytes(1, 50);
            hash = PrefixHash.next(hash, body);
            records.add(new LaneRecord(first + i, body, hash));
        }
        RecordBatch batch = new RecordBatch(any.any(Lane.class), any.id(), records);
        assertThat(WireRecords.fromMessage(sent(WireEnvelopes.fromEdge(batch)).getRecords()))
                .usingRecursiveComparison()
                .isEqualTo(batch);
    }

    @RepeatedTest(SEEDS)
    void ordersAndQuestions(RepetitionInfo seed) throws Exception {
        RandomValues any = new RandomValues(seed.getCurrentRepetition());
        List<Order.Task> tasks = List.of(
                new Order.Speak(any.id(), any.text()),
                new Order.TakeSnapshot(any.id(), any.eventId()),
                new Order.UseModel(any.id(), any.text()),
                new Order.Reload(),
                new Order.CloseEvent(any.eventId(), any.text()));
        for (Order.Task task : tasks) {
            Order order = new Order(any.uuid(), any.millis(), task);
            assertThat(WireDownlink.fromMessage(
                            sent(WireEnvelopes.fromHub(order)).getOrder()))
                    .isEqualTo(order);
        }
        Order.Receipt receipt = new Order.Receipt(any.uuid(), any.any(Order.Outcome.class), any.text());
        assertThat(WireDownlink.fromMessage(
                        sent(WireEnvelopes.fromEdge(receipt)).getOrderReceipt()))
                .isEqualTo(receipt);
        List<Question.Matter> matters = List.of(
                new Question.WasThereActivity(any.id(), any.text(), any.text(), any.millis(), any.millis()),
                new Question.IsItStillThere(any.eventId()),
                new Question.LatestReading(any.id(), any.id()),
                new Question.ReplayRules("rules: []", any.millis()));
        for (Question.Matter matter : matters) {
            Question question = new Question(any.uuid(), any.millis(), matter);
            assertThat(WireDownlink.fromMessage(
                            sent(WireEnvelopes.fromHub(question)).getQuestion()))
                    .isEqualTo(question);
        }
    }

    @RepeatedTest(SEEDS)
    void answers(RepetitionInfo seed) throws Exception {
        RandomValues any = new RandomValues(seed.getCurrentRepetition());
        List<Answer.Finding> findings = List.of(
                new Answer.Activity(
                        any.flip(),
                        any.below(101) / 100.0,
                        any.maybe(any::moment),
                        any.maybe(() -> new Answer.Shown(any.eventId(), any.evidence()))),
                new Answer.Presence(any.flip(), any.moment(), any.maybe(any::evidence)),
                new Answer.Latest(any.reading(), Duration.ofMillis(any.below(1_000_000))),
                new Answer.Replayed(
                        any.millis(),
                        any.millis(),
                        any.below(100),
                        any.below(100),
                        any.below(3),
                        List.of(new Answer.Replayed.Rule(any.id(), any.below(100), any.below(100))),
                        List.of(new Answer.Replayed.Difference(
                                any.flip(), any.millis(), any.id(), any.text(), any.any(Severity.class))),
                        any.below(9)),
                new Answer.Progress(any.below(101) / 100.0),
                new Answer.Nothing(any.text()));
        for (Answer.Finding finding : findings) {
            Answer answer = new Answer(any.uuid(), finding);
            assertThat(WireDownlink.fromMessage(
                            sent(WireEnvelopes.fromEdge(answer)).getAnswer()))
                    .isEqualTo(answer);
        }
    }

    @RepeatedTest(SEEDS)
    void evidence(RepetitionInfo seed) throws Exception {
        RandomValues any = new RandomValues(seed.getCurrentRepetition());
        EvidenceOffer offer =
                new EvidenceOffer(any.id(), any.eventId(), any.uuid(), "image/jpeg", any.hash(), any.natural() + 1);
        assertThat(WireEvidence.fromMessage(sent(WireEvidence.toMessage(offer)).getOffer()))
                .isEqualTo(offer);
        EvidenceChunk chunk = new EvidenceChunk(any.uuid(), any.natural(), any.bytes(1, 99));
        assertThat(WireEvidence.fromMessage(sent(WireEvidence.toMessage(chunk)).getChunk()))
                .usingRecursiveComparison()
                .isEqualTo(chunk);
        EvidenceReceipt receipt = new EvidenceReceipt(any.uuid(), any.natural(), any.flip(), any.text());
        assertThat(WireEvidence.fromMessage(sent(WireEvidence.toMessage(receipt))))
                .isEqualTo(receipt);
    }

    @Test
    void prefixHashesChain() {
        byte[] first = PrefixHash.next(PrefixHash.none(), new byte[] {1});
        byte[] second = PrefixHash.next(first, new byte[] {2});
        assertThat(second).hasSize(32).isNotEqualTo(first).isEqualTo(PrefixHash.next(first, new byte[] {2}));
        assertThat(PrefixHash.next(io.fengsui.protocol.value.Sha256.NONE, new byte[] {1})
                        .bytes())
                .isEqualTo(first);
    }
}
