package io.fengsui.edge.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.health.HealthInput;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.edge.vision.Quarantine.Cause;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.value.Quality;
import io.fengsui.rules.timing.Modes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules on places and subjects, questions, modes and budgets, through the decider in virtual time. */
class JoinedSourcesTest {
    private static final String WATER = """
            rules:
              - id: no-water
                kind: water.use.none
                severity: major
                use: {quantity: volume, below: 0.001, window: 2h}
                ask: {zone: yard, labels: [person]}
            """;

    private final TestingBench bench = new TestingBench();

    private void begin(String yaml) {
        bench.restart(Duration.ofSeconds(1), yaml, "cam-1");
    }

    private void seeing() {
        bench.core.onHealth(new HealthInput.WorkerWord(0, VisionState.READY, "", ""), bench.now());
    }

    /** A meter that says the same for hours, read every ten minutes. */
    private void meterStands(Duration length) {
        for (Duration at = Duration.ZERO; at.compareTo(length) <= 0; at = at.plusMinutes(10)) {
            bench.reading("smoke-1", "volume", 12.5);
            for (int i = 0; i < 600; i += 20) {
                bench.time.advance(Duration.ofSeconds(20));
                bench.core.onTick(bench.now());
            }
        }
    }

    private Event told() {
        return bench.events.stream()
                .filter(e -> e.kind().value().equals("water.use.none"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nobodyInATimeThatWasWatchedIsCritical() {
        begin(WATER);
        seeing();
        meterStands(Duration.ofHours(3));
        assertThat(told().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(told().lane()).isEqualTo(Lane.URGENT);
        assertThat(told().attributes()).containsEntry("activity", "nobody");
        assertThat(told().why()).last().extracting(Reason::detail).asString().startsWith("nobody was seen; 100 %");
    }

    @Test
    void aBlindCameraMakesItMajorAndSaysSo() {
        begin(WATER);
        seeing();
        bench.camera("cam-1", CameraState.OFFLINE, "timeout");
        meterStands(Duration.ofHours(3));
        assertThat(told().severity()).isEqualTo(Severity.MAJOR);
        assertThat(told().attributes()).containsEntry("activity", "not-watched");
    }

    @Test
    void aCameraThatStreamsAndIsLeftOutMakesItMajorAndSaysSo() {
        begin(WATER);
        seeing();
        bench.quarantine("cam-1", Cause.WORKERS_CRASHED);
        meterStands(Duration.ofHours(3));
        assertThat(told().severity()).isEqualTo(Severity.MAJOR);
        assertThat(told().attributes()).containsEntry("activity", "not-watched");
    }

    @Test
    void whoWasSeenMakesItMinorWithTheLastPictureAlsoAfterARestart() {
        begin(WATER);
        seeing();
        meterStands(Duration.ofMinutes(60));
        bench.watch(5, Duration.ofSeconds(3), TestingBench.person(0.5));
        assertThat(bench.keptPictures).containsExactly("cam-1@yard");
        bench.pass(Duration.ofMinutes(6));
        begin(WATER);
        seeing();
        meterStands(Duration.ofMinutes(70));
        assertThat(told().severity()).isEqualTo(Severity.MINOR);
        assertThat(told().attributes()).containsEntry("last-seen-camera", "cam-1");
        assertThat(bench.pictures).hasSize(1);
        assertThat(bench.pictures.getFirst().wanted()).isEqualTo(new PictureRequest.Wanted.Kept("cam-1", "cam-1@yard"));
        assertThat(told().evidence()).hasSize(1);
    }

    @Test
    void whoIsSeenLaterLowersItWithTheLastPicture() {
        begin(WATER);
        seeing();
        meterStands(Duration.ofHours(3));
        assertThat(told().severity()).isEqualTo(Severity.CRITICAL);
        bench.watch(5, Duration.ofSeconds(3), TestingBench.person(0.5));
        assertThat(bench.keptPictures).containsExactly("cam-1@yard");
        meterStands(Duration.ofHours(1));
        Event now = bench.newest(told().id());
        assertThat(now.phase()).isEqualTo(Phase.UPDATED);
        assertThat(now.severity()).isEqualTo(Severity.MINOR);
        assertThat(now.attributes()).containsEntry("activity", "seen").containsEntry("last-seen-camera", "cam-1");
        assertThat(bench.pictures)
                .as("once, not with every renewal")
                .singleElement()
                .satisfies(picture -> {
                    assertThat(picture.wanted()).isEqualTo(new PictureRequest.Wanted.Kept("cam-1", "cam-1@yard"));
                    assertThat(picture.evidence())
                            .isEqualTo(now.evidence().getLast().id());
                });
    }

    @Test
    void answersTheHubWithTheLastPictureThatComesWithAnEventOfItsOwn() {
        Question.WasThereActivity question = new Question.WasThereActivity(
                "cam-1",
                "yard",
                "person",
                bench.now().wall(),
                bench.now().wall().plusSeconds(3_600));
        bench.isKeepingPictures = true;
        begin("rules: []");
        seeing();
        assertThat(bench.core.answers().activity(question, bench.now()))
                .isInstanceOfSatisfying(Answer.Activity.class, nobody -> {
                    assertThat(nobody.wasSeen()).isFalse();
                    assertThat(nobody.picture()).isNull();
                });
        bench.watch(5, Duration.ofSeconds(3), TestingBench.person(0.5));
        Answer.Activity seen = (Answer.Activity) bench.core.answers().activity(question, bench.now());
        assertThat(seen.wasSeen()).isTrue();
        Event shown = bench.events.getLast();
        assertThat(shown.kind().value()).isEqualTo("activity.shown");
        assertThat(shown.phase()).isEqualTo(Phase.INSTANT);
        assertThat(seen.picture())
                .isEqualTo(new Answer.Shown(shown.id(), shown.evidence().getFirst()));
        assertThat(bench.pictures.getLast().wanted()).isEqualTo(new PictureRequest.Wanted.Kept("cam-1", "cam-1@yard"));
    }

    @Test
    void aBoxThatKeepsNoPicturesAnswersWithoutOne() {
        begin("rules: []");
        seeing();
        bench.watch(5, Duration.ofSeconds(3), TestingBench.person(0.5));
        Question.WasThereActivity question = new Question.WasThereActivity(
                "cam-1",
                "yard",
                "person",
                bench.now().wall().minusSeconds(60),
                bench.now().wall());
        Answer.Activity seen = (Answer.Activity) bench.core.answers().activity(question, bench.now());
        assertThat(seen.wasSeen()).isTrue();
        assertThat(seen.picture()).isNull();
        assertThat(bench.events).isEmpty();
    }

    @Test
    void smokeAndAPersonOfOneHouseholdAreToldTogether() {
        begin("""
                rules:
                  - {id: smoke, kind: fire.smoke, severity: major, state: {quantity: smoke}}
                  - {id: somebody, kind: safety.somebody, severity: info, dwell: {zone: yard, labels: [person], time: 1s}}
                  - id: rescue
                    kind: fire.somebody-inside
                    severity: critical
                    together: {rules: [smoke, somebody], at-one: subject, within: 10m}
                """);
        bench.reading("smoke-1", "smoke", 1);
        assertThat(bench.brief()).containsExactly("fire.smoke BEGUN 1");
        bench.watch(5, Duration.ofSeconds(3), TestingBench.person(0.5));
        Event rescue = bench.events.getLast();
        assertThat(rescue.kind().value()).isEqualTo("fire.somebody-inside");
        assertThat(rescue.origin().subject()).isEqualTo("household-12");
        begin("""
                rules:
                  - {id: smoke, kind: fire.smoke, severity: major, state: {quantity: smoke}}
                  - {id: somebody, kind: safety.somebody, severity: info, dwell: {zone: yard, labels: [person], time: 1s}}
                  - id: rescue
                    kind: fire.somebody-inside
                    severity: critical
                    together: {rules: [smoke, somebody], at-one: subject, within: 10m}
                """);
        bench.reading("smoke-1", "smoke", 0);
        bench.pass(Duration.ofMinutes(15));
        assertThat(bench.brief()).contains("fire.somebody-inside ENDED 3");
    }

    @Test
    void whatStandsInAMaskIsNobody() {
        bench.watch(5, Duration.ofSeconds(20), TestingBench.person(0.05));
        assertThat(bench.events).isEmpty();
    }

    @Test
    void aModeThatIsSwitchedOnHoldsOverARestartUntilItExpires() {
        String yaml = """
                modes: [{id: typhoon}]
                rules:
                  - {id: wind, kind: weather.wind, severity: minor, modes: [typhoon], threshold: {quantity: wind, above: 10}}
                """;
        begin(yaml);
        bench.reading("smoke-1", "wind", 20);
        assertThat(bench.events).isEmpty();
        Modes.Switch on = new Modes.Switch(true, bench.now().wall().plus(Duration.ofHours(2)));
        assertThat(bench.core.switchMode("fog", on, bench.now())).isFalse();
        assertThat(bench.core.switchMode("typhoon", on, bench.now())).isTrue();
        assertThat(bench.brief()).containsExactly("weather.wind BEGUN 1");
        begin(yaml);
        bench.pass(Duration.ofHours(1));
        assertThat(bench.brief()).doesNotContain("weather.wind ENDED 2");
        bench.pass(Duration.ofMinutes(61));
        assertThat(bench.events).last().extracting(Event::phase).isEqualTo(Phase.ENDED);
        assertThat(bench.disk).doesNotContainKey("mode/typhoon");
    }

    @Test
    void aRuleWhoseConditionFailsIsStoppedAndToldAndTheOthersGoOn() {
        begin("""
                rules:
                  - {id: bad, kind: water.bad, severity: minor, threshold: {quantity: level, above: 100, when: '1 / int(value - value) == 1'}}
                  - {id: good, kind: water.good, severity: minor, threshold: {quantity: level, above: 3}}
                """);
        for (int i = 0; i < 30; i++) {
            bench.reading("smoke-1", "level", 200 + i);
            bench.pass(Duration.ofSeconds(1));
        }
        assertThat(bench.brief()).contains("water.good BEGUN 1", "health.rule.stopped BEGUN 1");
    }

    @Test
    void aLowBatteryIsWorkAndNoAlarmAndLastsOverARestart() {
        for (double value : new double[] {0.9, 0.16, 0.15, 0.14}) {
            bench.reading("smoke-1", "battery", value);
        }
        assertThat(bench.brief()).containsExactly("health.sensor.battery BEGUN 1");
        assertThat(bench.events.getFirst().severity()).isEqualTo(Severity.WARNING);
        bench.restart(Duration.ofMinutes(1), BenchRules.RULES, "cam-1");
        bench.pass(Duration.ofMinutes(3));
        bench.reading("smoke-1", "battery", 0.2);
        assertThat(bench.brief()).hasSize(1);
        bench.reading("smoke-1", "battery", 0.98);
        assertThat(bench.brief()).last().isEqualTo("health.sensor.battery ENDED 2");
    }

    @Test
    void aClockThatIsWrongIsToldOnceAndEndsWithTheFirstRightTime() {
        for (int i = 0; i < 9; i++) {
            bench.reading("smoke-1", "temperature", 20, Quality.UNCERTAIN, false);
        }
        assertThat(bench.brief()).containsExactly("health.sensor.clock BEGUN 1");
        bench.reading("smoke-1", "temperature", 20, Quality.GOOD, false);
        assertThat(bench.brief()).last().isEqualTo("health.sensor.clock ENDED 2");
    }

    @Test
    void remembersWhyAndWhyNot() {
        bench.watch(5, Duration.ofSeconds(4), TestingBench.person(0.5));
        List<String> why = bench.log.around("cam-1", bench.now().wall(), Duration.ofMinutes(1)).stream()
                .map(d -> d.stage() + " " + d.who() + " " + d.code() + " " + d.times())
                .toList();
        assertThat(why).contains("rule intrusion (yard) pending 18", "tracker  1-confirmed 18");
        bench.watch(5, Duration.ofSeconds(20), TestingBench.person(0.5));
        assertThat(bench.log.around("cam-1", bench.now().wall(), Duration.ofMinutes(1)))
                .anyMatch(d -> d.code().equals("dwelled") && d.detail().contains("stayed 10"));
        assertThat(bench.log.around("cam-2", bench.now().wall(), Duration.ofMinutes(1)))
                .isEmpty();
    }
}
