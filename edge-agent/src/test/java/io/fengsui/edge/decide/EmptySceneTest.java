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

    /** What somebody is seen in waits, and the gate notes that something hidden moved. */
    @Test
    void aNoteTakesNoPicturesPlaceWhileTheDeciderIsBehind() throws InterruptedException {
        DecideQueue queue = new DecideQueue();
        CameraView looked = new CameraView.Looked(bench.picture(1, TestingBench.person(0.5)));
        CameraView note = new CameraView.Emptied(new EmptyScene("cam-1", 1, 2, GateReason.MASKED));
        queue.put(looked);
        queue.put(note);
        assertThat(queue.take(0).pictures()).containsExactly(looked);
        queue.put(note);
        queue.put(looked);
        assertThat(queue.take(0).pictures()).containsExactly(looked);
        assertThat(queue.picturesReplaced()).isZero();
        CameraView empty = new CameraView.Emptied(new EmptyScene("cam-1", 1, 3, GateReason.CLOSING));
        queue.put(looked);
        queue.put(empty);
        assertThat(queue.take(0).pictures()).as("the newest wins").containsExactly(empty);
        assertThat(queue.picturesReplaced()).isEqualTo(1);
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
