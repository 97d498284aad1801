package io.fengsui.edge.decide;

import static io.fengsui.edge.decide.BenchRules.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.event.HealthNotice;
import io.fengsui.edge.decide.health.HealthInput;
import io.fengsui.edge.sensor.BrokerState;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Quality;
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
        bench.camera("cam-1", CameraState.OFFLINE, "no_known_video");
        assertThat(bench.brief()).containsExactly("health.camera.offline BEGUN 1", "health.camera.offline UPDATED 2");
        assertThat(bench.events.getLast().attributes()).containsEntry("cause", "no_known_video");
    }

    @Test
    void tellsOfACameraThatNeverStreamedSinceTheStart() {
        bench.restart(Duration.ofSeconds(1), RULES, "cam-1");
        bench.restart(Duration.ofSeconds(1), RULES);
        assertThat(bench.events).isEmpty();
        TestingBench fresh = new TestingBench();
        fresh.core = fresh.core.successor(BenchRules.settings("cam-1", "cam-2"), BenchRules.rules(RULES), fresh.now());
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

    @Test
    void tellsOfABrokerThatStaysAwayOnceAndOfItsReturn() {
        bench.broker(BrokerState.CONNECTED, "connected");
        bench.broker(BrokerState.OFFLINE, "lost");
        bench.pass(Duration.ofMillis(9_500));
        assertThat(bench.events).isEmpty();
        for (int i = 0; i < 20; i++) {
            bench.broker(BrokerState.CONNECTING, "connecting");
            bench.broker(BrokerState.OFFLINE, "unreachable");
            bench.pass(Duration.ofSeconds(5));
        }
        assertThat(bench.brief()).containsExactly("health.broker.offline BEGUN 1");
        assertThat(bench.events.getFirst().dedupKey()).isEqualTo("health.broker.offline/edge-1/village");
        bench.broker(BrokerState.CONNECTED, "connected");
        assertThat(bench.brief()).containsExactly("health.broker.offline BEGUN 1", "health.broker.offline ENDED 2");
    }

    @Test
    void saysNothingOfABrokerThatComesAndGoes() {
        bench.broker(BrokerState.CONNECTED, "connected");
        for (int i = 0; i < 50; i++) {
            bench.broker(BrokerState.OFFLINE, "lost");
            bench.pass(Duration.ofSeconds(8));
            bench.broker(BrokerState.CONNECTED, "connected");
            bench.pass(Duration.ofSeconds(1));
        }
        assertThat(bench.events).isEmpty();
    }

    @Test
    void givesABrokerHalfAMinuteAtTheStart() {
        bench.broker(BrokerState.CONNECTING, "connecting");
        bench.broker(BrokerState.OFFLINE, "unreachable");
        bench.pass(Duration.ofSeconds(29));
        assertThat(bench.events).isEmpty();
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.brief()).containsExactly("health.broker.offline BEGUN 1");
    }

    @Test
    void keepsABrokersEventAcrossARestartWhileItSpeaksAndEndsItWhenItDoesNot() {
        bench.broker(BrokerState.OFFLINE, "unreachable");
        bench.pass(Duration.ofSeconds(31));
        bench.restart(Duration.ofSeconds(1), RULES, "cam-1");
        bench.broker(BrokerState.OFFLINE, "unreachable");
        bench.pass(Duration.ofMinutes(2));
        assertThat(bench.brief()).containsExactly("health.broker.offline BEGUN 1");
        bench.restart(Duration.ofSeconds(1), RULES, "cam-1");
        bench.pass(Duration.ofSeconds(61));
        assertThat(bench.brief()).containsExactly("health.broker.offline BEGUN 1", "health.broker.offline ENDED 2");
    }

    @Test
    void tellsOfASensorThatFellSilentAndOfItsNextReading() {
        bench.reading("door-1", "open", 0);
        bench.pass(Duration.ofMinutes(179));
        bench.reading("door-1", "open", 0);
        bench.pass(Duration.ofMinutes(179));
        assertThat(bench.events).isEmpty();
        bench.reading("door-1", "open", 0, Quality.GOOD, true);
        bench.pass(Duration.ofMinutes(2));
        assertThat(bench.brief()).containsExactly("health.sensor.silent BEGUN 1");
        assertThat(bench.events.getFirst().attributes()).containsEntry("cause", "silent");
        assertThat(bench.events.getFirst().origin().subject()).isEqualTo("household-12");
        bench.pass(Duration.ofHours(3));
        bench.reading("door-1", "open", 0);
        assertThat(bench.brief()).containsExactly("health.sensor.silent BEGUN 1", "health.sensor.silent ENDED 2");
        bench.pass(Duration.ofMinutes(181));
        assertThat(bench.brief()).hasSize(3);
    }

    @Test
    void aSensorsSilenceIsMeasuredAcrossARestart() {
        bench.reading("door-1", "open", 0);
        bench.pass(Duration.ofMinutes(30));
        bench.restart(Duration.ofMinutes(140), RULES, "cam-1");
        bench.pass(Duration.ofMinutes(9));
        assertThat(bench.events).isEmpty();
        bench.pass(Duration.ofMinutes(2));
        assertThat(bench.brief()).containsExactly("health.sensor.silent BEGUN 1");
        bench.restart(Duration.ofMinutes(20), RULES, "cam-1");
        bench.pass(Duration.ofHours(2));
        assertThat(bench.events).hasSize(1);
        bench.reading("door-1", "open", 0);
        assertThat(bench.brief()).containsExactly("health.sensor.silent BEGUN 1", "health.sensor.silent ENDED 2");
    }

    @Test
    void afterALongPauseASensorGetsTimeToSpeak() {
        bench.reading("door-1", "open", 0);
        bench.restart(Duration.ofDays(2), RULES, "cam-1");
        bench.pass(Duration.ofSeconds(29));
        assertThat(bench.events).isEmpty();
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.brief()).containsExactly("health.sensor.silent BEGUN 1");
    }

    @Test
    void writesASensorsLastReadingSeldomAndForgetsOneThatIsNotWatched() {
        for (int i = 0; i < 100; i++) {
            bench.reading("door-1", "open", 0);
            bench.reading("smoke-1", "open", 0);
        }
        assertThat(bench.slots.stream().flatMap(slot -> slot.stateChanges().stream()))
                .hasSize(1);
        bench.disk.put("sensor/gone", new byte[8]);
        bench.restart(Duration.ofSeconds(1), RULES, "cam-1");
        assertThat(bench.disk).containsKey("sensor/door-1").doesNotContainKey("sensor/gone");
    }
}
