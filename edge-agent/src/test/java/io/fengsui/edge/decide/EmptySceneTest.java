package io.fengsui.edge.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.why.DecisionLog.Decision;
import io.fengsui.edge.gate.EmptyScene;
import io.fengsui.edge.gate.GateReason;
import io.fengsui.protocol.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a small picture that shows nothing means to the rules and to the log of decisions. */
class EmptySceneTest {
    private final TestingBench bench = new TestingBench();

    private void empty(GateReason reason, int seconds) {
        for (int i = 0; i < seconds; i++) {
            bench.pass(Duration.ofSeconds(1));
            EmptyScene scene = new EmptyScene("cam-1", 1, bench.time.steadyNanos(), reason);
            bench.core.onView(new CameraView.Emptied(scene), bench.now(), bench.now());
        }
    }

    @Test
    void onlyOneThatWasAskedForToCloseEndsWhatWasThere() {
        bench.watch(2, Duration.ofSeconds(15), TestingBench.person(0.5));
        assertThat(bench.events).extracting(e -> e.phase()).containsOnly(Phase.BEGUN);

        empty(GateReason.MASKED, 4);
        assertThat(bench.events).extracting(e -> e.phase()).doesNotContain(Phase.ENDED);
        List<Decision> why = bench.log.around("cam-1", bench.now().wall(), Duration.ofSeconds(5));
        assertThat(why)
                .filteredOn(d -> d.code().equals("masked"))
                .singleElement()
                .satisfies(d -> {
                    assertThat(d.stage()).isEqualTo("gate");
                    assertThat(d.times()).isEqualTo(4);
                    assertThat(d.detail()).contains("outside of what is hidden");
                });

        empty(GateReason.CLOSING, 20);
        assertThat(bench.events).extracting(e -> e.phase()).contains(Phase.ENDED);
    }
}
