package io.fengsui.edge.decide;

import static io.fengsui.edge.decide.TestingBench.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final TestingBench bench = new TestingBench();

    @Test
    void tellsOfACameraThatDoesNotStreamAndOfItsReturn() {
        bench.streaming("cam-1");
        bench.camera("cam-1", CameraState.OFFLINE, "stalled");
        bench.pass(Duration.ofMillis(9_500));
        assertThat(bench.events).isEmpty();
        bench.pass(Duration.ofSeconds(1));
        assertThat(bench.brief()).containsExactly("health.camera.offline BEGUN 1");
        assertThat(bench.events.getFirst().lane()).isEqualTo(Lane.URGENT);
        assertThat(bench.events.getFirst().dedupKey()).isEqualTo("health.camera.offline/cam-1");
        assertThat(bench.events.getFirst().origin().place().name().en()).isEqualTo("East gate");
        for (int i = 0; i < 20; i++) {
            bench.camera("cam-1", CameraState.CONNECTING, "");
            bench.camera("cam-1", CameraState.OFFLINE, "connect_refused");
            bench.pass(Duration.ofSeconds(5));
        }
        assertThat(bench.events).hasSize(1);
        bench.streaming("cam-1");
        assertThat(bench.brief()).containsExactly("health.camera.offline BEGUN 1", "health.camera.offline ENDED 2");
    }

    @Test
    void saysNothingOfAShortInterruption() {
        for (int i = 0; i < 10; i++) {
            bench.camera("cam-1", CameraState.OFFLINE, "stalled");
            bench.pass(Duration.ofSeconds(8));
            bench.streaming("cam-1");
            bench.pass(Duration.ofSeconds(8));
        }
        assertThat(bench.events).isEmpty();
    }

    @Test
    void tellsAtOnceOfARefusedPasswordAndOfAStreamItCannotRead() {
        bench.camera("cam-1", CameraState.UNAUTHORIZED, "unauthorized");
        assertThat(bench.events.getLast().attributes()).containsEntry("cause", "unauthorized");
        bench.camera("cam-1", CameraState.CONNECTING, "");
        bench.pass(Duration.ofSeconds(60));
        bench.camera("cam-1", CameraState.OFFLINE, "no_h264");
        assertThat(bench.brief()).containsExactly("health.camera.offline BEGUN 1", "health.camera.offline UPDATED 2");
        assertThat(bench.events.getLast().attributes()).containsEntry("cause", "no_h264");
    }

    @Test
    void tellsOfACameraThatNeverStreamedSinceTheStart() {
        bench.restart(Duration.ofSeconds(1), RULES, "cam-1");
        bench.restart(Duration.ofSeconds(1), RULES);
        assertThat(bench.events).isEmpty();
        TestingBench fresh = new TestingBench();
        fresh.core =
                fresh.core.successor(TestingBench.settings("cam-1", "cam-2"), TestingBench.rules(RULES), fresh.now());
        fresh.pass(Duration.ofSeconds(39));
        assertThat(fresh.events).isEmpty();
        fresh.pass(Duration.ofSeconds(2));
        assertThat(fresh.events)
                .hasSize(1)
                .allMatch(e -> e.origin().source().id().equals("cam-2"));
    }

    @Test
    void keepsACamerasEventAcrossARestartUntilItStreams() {
        bench.streaming("cam-1");
        bench.camera("cam-1", CameraState.OFFLINE, "stalled");
        bench.pass(Duration.ofSeconds(11));
        bench.restart(Duration.ofSeconds(5), RULES, "cam-1");
        assertThat(bench.brief()).containsExactly("health.camera.offline BEGUN 1", "health.camera.offline ENDED 2");
    }

    @Test
    void endsTheEventOfACameraThatIsNotConfiguredAnyMore() {
        bench.streaming("cam-1");
        bench.camera("cam-1", CameraState.OFFLINE, "stalled");
        bench.pass(Duration.ofSeconds(11));
        bench.restart(Duration.ofSeconds(5), RULES);
        assertThat(bench.brief()).containsExactly("health.camera.offline BEGUN 1", "health.camera.offline ENDED 2");
        assertThat(bench.events.getLast().why().getLast().code()).isEqualTo("removed");
    }

    @Test
    void tellsOfAWorkerThatStaysDown() {
        bench.core.onHealth(new HealthInput.WorkerWord(0, VisionState.READY, "started", ""), bench.now());
        bench.core.onHealth(new HealthInput.WorkerWord(0, VisionState.DOWN, "exited", ""), bench.now());
        bench.pass(Duration.ofSeconds(29));
        assertThat(bench.events).isEmpty();
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.brief()).containsExactly("health.vision.failed BEGUN 1");
        bench.core.onHealth(new HealthInput.WorkerWord(0, VisionState.READY, "started", ""), bench.now());
        assertThat(bench.brief()).hasSize(2);
    }

    @Test
    void givesAWorkerTimeToStartForTheFirstTime() {
        bench.core.onHealth(new HealthInput.WorkerWord(0, VisionState.STARTING, "starting", ""), bench.now());
        bench.pass(Duration.ofSeconds(59));
        assertThat(bench.events).isEmpty();
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.brief()).containsExactly("health.vision.failed BEGUN 1");
    }

    @Test
    void tellsAtOnceOfARefusedModel() {
        bench.core.onHealth(new HealthInput.WorkerWord(0, VisionState.DOWN, "model_refused", "hash"), bench.now());
        assertThat(bench.events.getLast().attributes()).containsEntry("cause", "model_refused");
    }

    @Test
    void tellsANoticeOnceAndEndsWhatNobodyRepeatsAfterARestart() {
        HealthNotice notice = new HealthNotice(
                EventKind.CONFIGURATION_REFUSED,
                Severity.CRITICAL,
                Source.edge("edge-1"),
                "",
                true,
                "unknown_key",
                "edge.yaml:3:1");
        bench.core.onHealth(new HealthInput.Told(notice), bench.now());
        bench.core.onHealth(new HealthInput.Told(notice), bench.now());
        assertThat(bench.events).hasSize(1);
        bench.restart(Duration.ofSeconds(1), RULES, "cam-1");
        bench.pass(Duration.ofSeconds(59));
        assertThat(bench.events).hasSize(1);
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.brief().getLast()).isEqualTo("health.configuration.refused ENDED 2");
    }
}
