package io.fengsui.edge.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.outlet.PictureRequest.Wanted;
import io.fengsui.edge.vision.Quarantine;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.value.Quality;
import io.fengsui.protocol.value.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the hub is answered when it asks whether something is still there, and what a sensor said. */
class PresenceTest {
    private final TestingBench bench = new TestingBench();
    private final List<Answer.Finding> answers = new ArrayList<>();

    private Event intruder() {
        bench.watch(2, Duration.ofSeconds(12), TestingBench.person(0.5));
        Event begun = bench.events.stream()
                .filter(e -> e.kind().value().equals("safety.intrusion"))
                .findFirst()
                .orElseThrow();
        assertThat(bench.newest(begun.id()).phase().isOpen()).isTrue();
        return begun;
    }

    private void ask(EventId event) {
        bench.core.answers().isStillThere(event, answers::add, bench.now());
    }

    private Answer.Presence presence() {
        assertThat(answers).singleElement().isInstanceOf(Answer.Presence.class);
        return (Answer.Presence) answers.getFirst();
    }

    private Evidence picture() {
        return Objects.requireNonNull(presence().picture());
    }

    @Test
    void looksAgainAndSaysThatSomebodyIsStillThereWithAPicture() {
        Event event = intruder();
        ask(event.id());
        assertThat(bench.looksAsked).containsExactly("cam-1");
        assertThat(answers).as("nothing is said without a look").isEmpty();
        bench.time.advance(Duration.ofMillis(300));
        bench.look(TestingBench.person(0.5));
        assertThat(presence().isPresent()).isTrue();
        assertThat(presence().looked()).isEqualTo(bench.now());

        Event next = bench.newest(event.id());
        assertThat(next.phase()).isEqualTo(Phase.UPDATED);
        assertThat(next.evidence()).hasSize(2).last().isEqualTo(presence().picture());
        assertThat(bench.pictures.getLast().evidence()).isEqualTo(picture().id());
        assertThat(bench.pictures.getLast().wanted()).isInstanceOf(Wanted.Decided.class);

        bench.core.onOutcome(
                new PictureOutcome.Taken(event.id(), picture().id(), Sha256.of(new byte[32]), 10), bench.now());
        assertThat(bench.newest(event.id()).evidence().getLast().state()).isEqualTo(EvidenceState.READY);
    }

    @Test
    void takesTwoLooksToSayThatNobodyIsThere() {
        Event event = intruder();
        ask(event.id());
        bench.time.advance(Duration.ofMillis(300));
        bench.look();
        assertThat(answers).as("a detector misses somebody now and then").isEmpty();
        bench.pass(PresenceDesk.PAUSE);
        assertThat(bench.looksAsked).containsExactly("cam-1", "cam-1");
        bench.time.advance(Duration.ofMillis(300));
        bench.look();
        assertThat(presence().isPresent()).isFalse();
        assertThat(presence().picture()).isNotNull();
    }

    @Test
    void countsOnlyWhatCountsForTheRule() {
        Event event = intruder();
        ask(event.id());
        for (int look = 0; look < 2; look++) {
            bench.time.advance(Duration.ofSeconds(1));
            bench.look(TestingBench.car(0.5), TestingBench.person(0.05));
        }
        assertThat(presence().isPresent())
                .as("a car, and a poster under a mask")
                .isFalse();
    }

    @Test
    void doesNotTakeAPictureOfLongAgoForAnAnswer() {
        Event event = intruder();
        ask(event.id());
        bench.core.onView(
                new CameraView.Looked(bench.picture(
                        bench.time.steadyNanos() - Duration.ofMinutes(1).toNanos(), TestingBench.person(0.5))),
                bench.now().plus(Duration.ofMinutes(-1)),
                bench.now());
        assertThat(answers).isEmpty();
    }

    @Test
    void saysSoWhenNoPictureComes() {
        Event event = intruder();
        ask(event.id());
        bench.pass(PresenceDesk.PATIENCE.plusSeconds(1));
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        Answer.Nothing.class,
                        nothing -> assertThat(nothing.reason()).contains("cam-1"));
    }

    private void assertSaidAtOnce(String... words) {
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        Answer.Nothing.class,
                        nothing -> assertThat(nothing.reason()).contains(words));
    }

    @Test
    void saysAtOnceThatNobodyLooksAtACameraThatIsLeftOut() {
        Event event = intruder();
        bench.quarantine("cam-1", Quarantine.Cause.WORKERS_CRASHED);
        ask(event.id());
        assertSaidAtOnce("camera cam-1 is not looked at", "3 vision workers in a row");
        assertThat(bench.looksAsked).as("it would end one worker more").isEmpty();
        int told = bench.events.size();
        assertThat(bench.core.answers().attach("cam-1", event.id(), bench.now()))
                .contains("camera cam-1 is not looked at");
        assertThat(bench.events).as("no picture is promised").hasSize(told);

        bench.quarantine("cam-1", Quarantine.Cause.DECODED);
        answers.clear();
        ask(event.id());
        assertThat(answers).isEmpty();
        assertThat(bench.looksAsked).containsExactly("cam-1");
    }

    @Test
    void whoWaitsForALookIsAnsweredWhenItsCameraIsLeftOut() {
        ask(intruder().id());
        assertThat(answers).isEmpty();
        bench.quarantine("cam-1", Quarantine.Cause.WORKERS_CRASHED);
        bench.pass(Duration.ofMillis(250));
        assertSaidAtOnce("camera cam-1 is not looked at");
    }

    @Test
    void saysAtOnceThatACameraThatWasToldToBeOfflineGivesNoPictures() {
        Event event = intruder();
        bench.camera("cam-1", CameraState.OFFLINE, "stalled");
        ask(event.id());
        assertThat(answers).as("it may be back in time").isEmpty();
        bench.pass(Duration.ofSeconds(20));
        answers.clear();
        ask(event.id());
        assertSaidAtOnce("camera cam-1 gives no pictures");
    }

    @Test
    void looksAfterARestartAtACameraThatHadBeenLeftOutBefore() {
        Event event = intruder();
        bench.quarantine("cam-1", Quarantine.Cause.WORKERS_CRASHED);
        bench.restart(Duration.ofSeconds(5), BenchRules.RULES, "cam-1");
        ask(event.id());
        assertThat(answers).isEmpty();
        assertThat(bench.looksAsked).containsExactly("cam-1");
    }

    @Test
    void knowsNothingOfAnEventThatIsNotOpen() {
        ask(EventId.make(bench.now().wall(), new SplittableRandom(1)));
        assertThat(answers).singleElement().isInstanceOf(Answer.Nothing.class);
        assertThat(bench.looksAsked).isEmpty();
    }

    @Test
    void aSensorsEventRestsOnItsLastWord() {
        bench.reading("smoke-1", "smoke", 1);
        Event event = bench.events.getLast();
        bench.time.advance(Duration.ofSeconds(20));
        bench.reading("smoke-1", "battery", 0.9);
        bench.reading("smoke-1", "smoke", 1);
        ask(event.id());
        assertThat(presence().isPresent()).isTrue();
        assertThat(presence().looked()).isEqualTo(bench.now());
    }

    @Test
    void tellsWhatASensorSaidLastAndHowLongAgo() {
        bench.reading("smoke-1", "smoke", 0, Quality.UNCERTAIN, false);
        bench.reading("smoke-1", "battery", 0.9);
        bench.time.advance(Duration.ofSeconds(20));
        Answer.Finding found = bench.core.answers().latest("smoke-1", "", bench.now());
        assertThat(found).isInstanceOfSatisfying(Answer.Latest.class, latest -> {
            assertThat(latest.reading().quantity()).as("not the battery").isEqualTo("smoke");
            assertThat(latest.reading().quality()).isEqualTo(Quality.UNCERTAIN);
            assertThat(latest.age()).isEqualTo(Duration.ofSeconds(20));
        });
        assertThat(bench.core.answers().latest("smoke-1", "battery", bench.now()))
                .isInstanceOf(Answer.Latest.class);
        assertThat(bench.core.answers().latest("smoke-1", "level", bench.now())).isInstanceOf(Answer.Nothing.class);
        assertThat(bench.core.answers().latest("door-1", "", bench.now())).isInstanceOf(Answer.Nothing.class);
    }

    @Test
    void whatABrokerKeptIsNotWhatASensorSays() {
        bench.reading("smoke-1", "smoke", 0, Quality.GOOD, true);
        assertThat(bench.core.answers().latest("smoke-1", "", bench.now())).isInstanceOf(Answer.Nothing.class);
    }

    @Test
    void addsASnapshotToAnOpenEvent() {
        Event event = intruder();
        assertThat(bench.core.answers().attach("cam-1", event.id(), bench.now()))
                .isEmpty();
        assertThat(bench.newest(event.id()).evidence()).hasSize(2);
        assertThat(bench.pictures.getLast().wanted()).isEqualTo(new Wanted.Present("cam-1"));
        assertThat(bench.core.answers().attach("nowhere", event.id(), bench.now()))
                .contains("nowhere");
        for (int i = 2; i < Event.MAX_EVIDENCE; i++) {
            assertThat(bench.core.answers().attach("cam-1", event.id(), bench.now()))
                    .isEmpty();
        }
        assertThat(bench.core.answers().attach("cam-1", event.id(), bench.now()))
                .contains("all pictures");
    }
}
