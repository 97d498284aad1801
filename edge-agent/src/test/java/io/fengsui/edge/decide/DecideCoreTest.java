package io.fengsui.edge.decide;

import static io.fengsui.edge.decide.TestingBench.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.outlet.DecisionTap;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.track.TrackSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Reading;
import io.fengsui.protocol.value.Sha256;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DecideCoreTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestingBench bench = new TestingBench();

    @Test
    void makesAWholeEventOfADwell() {
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        assertThat(bench.brief()).containsExactly("safety.intrusion BEGUN 1");
        Event event = bench.events.getFirst();
        assertThat(event.lane()).isEqualTo(Lane.URGENT);
        assertThat(event.dedupKey()).isEqualTo("intrusion/cam-1/yard/safety.intrusion");
        assertThat(event.origin().source().zone()).isEqualTo("yard");
        assertThat(event.origin().place().name().zh()).isEqualTo("东门");
        assertThat(event.origin().place().grid()).isEqualTo("g-7");
        assertThat(event.cause().rule()).isEqualTo("intrusion");
        assertThat(event.cause().ruleVersion()).hasSize(12);
        assertThat(event.cause().model()).isEqualTo("nanodet-g");
        assertThat(event.attributes())
                .containsEntry("rule-name-zh", "禁区闯入")
                .containsEntry("zone.zh", "院子")
                .containsEntry("zone.en", "yard")
                .containsEntry("dwell-seconds", "10");
        assertThat(event.detections()).hasSize(1);
        assertThat(event.why())
                .extracting(Reason::stage)
                .containsExactly("gate", "detector", "tracker", "zone", "rule");
        assertThat(event.evidence()).hasSize(1).allMatch(e -> e.state() == EvidenceState.PENDING);
        assertThat(bench.tapped).isEqualTo(bench.events);
    }

    @Test
    void asksForThePictureItDecidedOnWithBoxesAndZone() {
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        assertThat(bench.pictures).hasSize(1);
        PictureRequest request = bench.pictures.getFirst();
        assertThat(request.event()).isEqualTo(bench.events.getFirst().id());
        assertThat(((PictureRequest.Wanted.Decided) request.wanted()).job().boxes())
                .hasSize(1);
        assertThat(((PictureRequest.Wanted.Decided) request.wanted()).job().zones())
                .hasSize(1);
        assertThat(((PictureRequest.Wanted.Decided) request.wanted())
                        .job()
                        .look()
                        .arrivalNanos())
                .isEqualTo(bench.events.getFirst().times().occurred().steadyNanos());
    }

    @Test
    void tellsWhatBecameOfThePicture() {
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        PictureRequest request = bench.pictures.getFirst();
        Sha256 hash = Sha256.hashOf(new byte[] {1});
        bench.core.onOutcome(new PictureOutcome.Taken(request.event(), request.evidence(), hash, 9), bench.now());
        bench.core.onOutcome(new PictureOutcome.Taken(request.event(), request.evidence(), hash, 9), bench.now());
        assertThat(bench.brief()).containsExactly("safety.intrusion BEGUN 1", "safety.intrusion UPDATED 2");
        assertThat(bench.events.getLast().evidence().getFirst().sha256()).isEqualTo(hash);
    }

    @Test
    void tellsOfAPictureAlsoAfterTheEventEnded() {
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        bench.watch(2, Duration.ofSeconds(6));
        PictureRequest request = bench.pictures.getFirst();
        bench.core.onOutcome(new PictureOutcome.Lost(request.event(), request.evidence(), "worker gone"), bench.now());
        assertThat(bench.brief())
                .containsExactly("safety.intrusion BEGUN 1", "safety.intrusion ENDED 2", "safety.intrusion ENDED 3");
        assertThat(bench.core.counts().awaitedPictures()).isZero();
    }

    @Test
    void givesUpAPictureThatIsNeverAnsweredFor() {
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        bench.watch(2, Duration.ofSeconds(121), person(0.5));
        assertThat(bench.events.getLast().evidence().getFirst().lostReason()).isEqualTo("no answer in time");
    }

    @Test
    void acknowledgesReadingsThatCauseNothing() {
        bench.reading("smoke-1", "smoke", 0);
        bench.reading("meter-1", "volume", 17);
        bench.reading("smoke-1", "smoke", 0, Quality.BAD, false);
        assertThat(bench.acknowledged).isEqualTo(3);
        assertThat(bench.events).isEmpty();
    }

    @Test
    void keepsWhatIsNoReading() {
        QuarantinedPayload payload = new QuarantinedPayload(
                "broker", "a/b", "", "no JSON", new byte[] {1}, bench.now(), () -> bench.acknowledged++);
        bench.core.onSensor(payload, bench.now());
        assertThat(bench.slots.getLast().quarantined()).containsExactly(payload);
        assertThat(bench.acknowledged).isEqualTo(1);
    }

    /** The account of its work throws while the first of two rules is evaluated. */
    @Test
    void aRuleThatOverflowsTheStackKeepsNobodyFromTheOthers() {
        String twice = """
                rules:
                  - {id: first, kind: fire.smoke, severity: critical, state: {quantity: smoke}}
                  - {id: second, kind: fire.other, severity: critical, state: {quantity: smoke}}
                """;
        AtomicInteger asked = new AtomicInteger();
        Outlets outlets = new Outlets(
                slot -> {
                    bench.events.addAll(slot.events());
                    return true;
                },
                _ -> {},
                _ -> {},
                new Random(1),
                bench.log,
                DecisionTap.NONE,
                () -> {
                    if (asked.incrementAndGet() == 2) {
                        throw new StackOverflowError();
                    }
                    return 0;
                });
        DecideCore core = new DecideCore(
                BenchRules.settings("cam-1"), BenchRules.rules(twice), TrackSettings.DEFAULT, outlets, bench.now());
        Reading reading = new Reading("smoke-1", "smoke", 1, "", Quality.GOOD, bench.now());
        assertThat(core.onSensor(new SensorInput(reading, false, () -> {}), bench.now()))
                .isEmpty();
        assertThat(bench.events).hasSize(1);
        assertThat(core.counts().ruleFailures()).isEqualTo(1);
    }

    @Test
    void putsReadingEventAndStateIntoOneSlot() {
        bench.reading("smoke-1", "smoke", 1);
        Slot slot = bench.slots.getLast();
        assertThat(slot.events()).hasSize(1);
        assertThat(slot.stateChanges()).extracting(Slot.StateChange::key).containsExactly("rule/smoke/smoke-1");
        assertThat(slot.afterCommit()).hasSize(1);
        assertThat(slot.events().getFirst().origin().subject()).isEqualTo("household-12");
        assertThat(slot.events().getFirst().lane()).isEqualTo(Lane.URGENT);
    }

    @Test
    void tellsARetainedAlarmOfUnknownAgeOnce() {
        bench.reading("smoke-1", "smoke", 1, Quality.GOOD, true);
        bench.reading("smoke-1", "smoke", 1, Quality.GOOD, true);
        assertThat(bench.brief()).containsExactly("fire.smoke BEGUN 1");
        assertThat(bench.events.getFirst().attributes()).containsEntry("age", "unknown");
        assertThat(bench.events.getFirst().why().getFirst().code()).isEqualTo("retained");
    }

    @Test
    void renewsAnOpenEventWithinItsLease() {
        bench.reading("smoke-1", "smoke", 1);
        bench.pass(Duration.ofMinutes(11));
        assertThat(bench.brief()).containsExactly("fire.smoke BEGUN 1", "fire.smoke UPDATED 2", "fire.smoke UPDATED 3");
        assertThat(bench.events.getLast().why())
                .hasSameSizeAs(bench.events.getFirst().why());
    }

    @Test
    void offersAgainWhatTheDiskRefusedAndKeepsItsOrder() {
        bench.isDiskFull = true;
        bench.reading("smoke-1", "smoke", 1);
        bench.reading("smoke-1", "smoke", 0);
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        assertThat(bench.slots).isEmpty();
        assertThat(bench.acknowledged).isZero();
        assertThat(bench.tapped).hasSize(3);
        bench.isDiskFull = false;
        bench.pass(SECOND);
        assertThat(bench.brief())
                .containsExactly("fire.smoke BEGUN 1", "fire.smoke ENDED 2", "safety.intrusion BEGUN 1");
        assertThat(bench.acknowledged).isEqualTo(2);
    }

    @Test
    void boundsWhatWaitsForTheDiskAndCountsTheRest() {
        bench.isDiskFull = true;
        for (int i = 0; i < Outbox.MAX_WAITING + 10; i++) {
            bench.reading("smoke-1", "smoke", i % 2);
        }
        assertThat(bench.core.counts().waitingSlots()).isEqualTo(Outbox.MAX_WAITING);
        assertThat(bench.core.counts().droppedSlots()).isEqualTo(10);
        assertThat(bench.core.isCrowded()).isTrue();
        assertThat(bench.acknowledged).isZero();
        bench.isDiskFull = false;
        bench.pass(SECOND);
        assertThat(bench.brief())
                .endsWith("health.records.dropped BEGUN 1", "health.records.dropped ENDED 2")
                .hasSize(Outbox.MAX_WAITING - 1 + 2);
    }

    @Test
    void writesAStayThatTheDiskRefusedAtTheNextPicture() {
        bench.isDiskFull = true;
        bench.watch(2, Duration.ofSeconds(3), person(0.5));
        assertThat(bench.core.counts().droppedSlots()).isPositive();
        bench.isDiskFull = false;
        bench.watch(2, SECOND, person(0.5));
        assertThat(bench.disk).containsKey("rule/intrusion/cam-1");
    }

    @Test
    void writesNothingWhileNothingHappens() {
        bench.watch(2, Duration.ofMinutes(5));
        assertThat(bench.slots).isEmpty();
    }
}
