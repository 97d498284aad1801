package io.fengsui.edge.decide;

import static io.fengsui.edge.decide.BenchRules.RULES;
import static io.fengsui.edge.decide.TestingBench.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.outlet.PictureRequest;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.value.Quality;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What goes on over a restart, and over a change of rules. */
class DecideRestartTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestingBench bench = new TestingBench();

    @Test
    void saysNothingOfARetainedAlarmThatWasKnownBeforeTheRestart() {
        bench.reading("smoke-1", "smoke", 1);
        bench.restart(Duration.ofSeconds(30), RULES, "cam-1");
        bench.reading("smoke-1", "smoke", 1, Quality.GOOD, true);
        assertThat(bench.brief()).containsExactly("fire.smoke BEGUN 1");
        bench.reading("smoke-1", "smoke", 0, Quality.GOOD, true);
        assertThat(bench.brief()).containsExactly("fire.smoke BEGUN 1", "fire.smoke ENDED 2");
    }

    @Test
    void waitsForAHoldAcrossARestart() {
        bench.reading("river-1", "level", 3.5);
        bench.pass(Duration.ofSeconds(2));
        bench.restart(Duration.ofSeconds(1), RULES, "cam-1");
        bench.pass(SECOND);
        assertThat(bench.events).isEmpty();
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.brief()).containsExactly("water.level.high BEGUN 1");
        assertThat(bench.events.getFirst().lane()).isEqualTo(Lane.BULK);
    }

    @Test
    void resumesAnOpenDwellAndEndsIt() {
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        bench.restart(Duration.ofSeconds(20), RULES, "cam-1");
        assertThat(bench.events.getLast().evidence().getFirst().lostReason()).isEqualTo("restarted");
        bench.watch(2, Duration.ofSeconds(15), person(0.4));
        bench.watch(2, Duration.ofSeconds(6));
        assertThat(bench.brief())
                .containsExactly("safety.intrusion BEGUN 1", "safety.intrusion UPDATED 2", "safety.intrusion ENDED 3");
        assertThat(bench.disk).isEmpty();
    }

    @Test
    void endsAnEventWhoseRuleWasChangedOrRemoved() {
        bench.reading("smoke-1", "smoke", 1);
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        String changed = RULES.replace("time: 10s", "time: 60s");
        bench.restart(Duration.ofSeconds(5), changed, "cam-1");
        assertThat(bench.newest.values())
                .extracting(e -> e.kind() + " " + e.phase())
                .containsExactlyInAnyOrder("fire.smoke BEGUN", "safety.intrusion ENDED");
        assertThat(bench.events.getLast().why().getLast().code()).isEqualTo("not_resumed");
        bench.restart(Duration.ofSeconds(5), "rules: []", "cam-1");
        assertThat(bench.newest.values()).allMatch(e -> e.phase() == Phase.ENDED);
        assertThat(bench.disk).isEmpty();
    }

    @Test
    void changesItsRulesWithoutDisturbingTheOthers() {
        bench.reading("smoke-1", "smoke", 1);
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        bench.core = bench.core.successor(
                BenchRules.settings("cam-1"), BenchRules.rules(RULES.replace("above: 3,", "above: 2.9,")), bench.now());
        bench.watch(2, Duration.ofSeconds(15), person(0.5));
        PictureRequest request = bench.pictures.getFirst();
        bench.core.onOutcome(new PictureOutcome.Lost(request.event(), request.evidence(), "x"), bench.now());
        bench.watch(2, Duration.ofSeconds(6));
        assertThat(bench.brief())
                .containsExactly(
                        "fire.smoke BEGUN 1",
                        "safety.intrusion BEGUN 1",
                        "safety.intrusion UPDATED 2",
                        "safety.intrusion ENDED 3");
    }

    @Test
    void forgetsStoredBytesThatItDoesNotUnderstand() {
        bench.disk.put("rule/smoke/smoke-1", new byte[] {9, 9});
        bench.disk.put("rule/gone/x", new byte[] {1});
        bench.restart(SECOND, RULES, "cam-1");
        assertThat(bench.disk).isEmpty();
    }
}
