package io.fengsui.edge.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.sensor.BrokerState;
import io.fengsui.edge.sensor.SensorMessage.PresenceWord;
import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sensors that are ill, and what takes many of them with it. {@code door-1} is silent after three hours. */
class SensorHealthTest {
    private static final String STUCK = """
            rules:
              - id: stuck
                kind: health.sensor.stuck
                severity: warning
                lease: 0s
                stuck: {quantity: smoke, for: 3h, when: value > 0.5}
            """;

    private final TestingBench bench = new TestingBench();

    private void gateway(boolean isOnline, String... sensors) {
        bench.core.onSensor(
                new PresenceWord(
                        List.of(sensors),
                        isOnline,
                        "zigbee2mqtt/bridge",
                        isOnline ? "online" : "offline",
                        bench.now(),
                        () -> bench.acknowledged++),
                bench.now());
    }

    @Test
    void aGatewayThatWentSwallowsItsSensors() {
        bench.reading("door-1", "open", 0);
        gateway(false, "door-1", "smoke-1");
        assertThat(bench.acknowledged).isEqualTo(2);
        bench.pass(Duration.ofHours(7));
        assertThat(bench.brief()).containsExactly("health.gateway.offline BEGUN 1");
        assertThat(bench.events.getFirst().attributes()).containsEntry("part", "zigbee2mqtt/bridge");
        assertThat(bench.events.getFirst().why().getLast().detail()).contains("with 2 sensors");

        gateway(true, "door-1", "smoke-1");
        assertThat(bench.brief()).last().isEqualTo("health.gateway.offline ENDED 2");
        bench.pass(Duration.ofMinutes(179));
        assertThat(bench.events).hasSize(2);
        bench.pass(Duration.ofMinutes(2));
        assertThat(bench.brief()).last().isEqualTo("health.sensor.silent BEGUN 1");
    }

    @Test
    void aGatewayThatIsRestartedIsNoEvent() {
        gateway(true, "door-1");
        gateway(false, "door-1");
        bench.pass(Duration.ofSeconds(20));
        gateway(true, "door-1");
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.events).isEmpty();
    }

    @Test
    void aGatewayThatSaysTheSameAgainIsToldOnce() {
        gateway(false, "door-1");
        bench.pass(Duration.ofSeconds(20));
        gateway(false, "door-1");
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.brief()).containsExactly("health.gateway.offline BEGUN 1");
        bench.restart(Duration.ofSeconds(5), BenchRules.RULES, "cam-1");
        gateway(false, "door-1");
        bench.pass(Duration.ofMinutes(5));
        assertThat(bench.brief()).containsExactly("health.gateway.offline BEGUN 1");
    }

    @Test
    void aBrokerThatIsAwaySwallowsItsSensorsAndGivesThemTimeWhenItIsBack() {
        bench.broker(BrokerState.CONNECTED, "");
        bench.reading("door-1", "open", 0);
        bench.broker(BrokerState.OFFLINE, "unreachable");
        bench.pass(Duration.ofHours(4));
        assertThat(bench.brief()).containsExactly("health.broker.offline BEGUN 1");
        bench.broker(BrokerState.CONNECTED, "");
        assertThat(bench.brief()).last().isEqualTo("health.broker.offline ENDED 2");
        bench.pass(Duration.ofSeconds(29));
        assertThat(bench.events).hasSize(2);
        bench.pass(Duration.ofSeconds(2));
        assertThat(bench.brief()).last().isEqualTo("health.sensor.silent BEGUN 1");
    }

    /** Each time that it came back gave a dead sensor half a minute more, for ever, and none of it was told. */
    @Test
    void aBrokerThatComesAndGoesHidesNoDeadSensor() {
        bench.reading("door-1", "open", 0);
        for (int i = 0; i < 4 * 120; i++) {
            bench.broker(BrokerState.CONNECTED, "");
            bench.pass(Duration.ofSeconds(25));
            bench.broker(BrokerState.OFFLINE, "unreachable");
            bench.pass(Duration.ofSeconds(5));
        }
        assertThat(bench.brief()).containsExactly("health.sensor.silent BEGUN 1");
    }

    /** A gateway says that it is there at each of its restarts, and a broker says it again at each connection. */
    @Test
    void aGatewayThatIsThereSaysNothingOfItsSensors() {
        bench.reading("door-1", "open", 0);
        for (int i = 0; i < 8; i++) {
            gateway(true, "door-1", "smoke-1");
            bench.pass(Duration.ofMinutes(29));
            gateway(false, "door-1", "smoke-1");
            bench.pass(Duration.ofSeconds(20));
        }
        assertThat(bench.brief()).containsExactly("health.sensor.silent BEGUN 1");
    }

    /** Its outage was ended for want of news, and what it said of itself later was taken for told. */
    @Test
    void aGatewayOfWhichNothingWasHeardAfterARestartIsToldAnew() {
        gateway(false, "door-1");
        bench.pass(Duration.ofMinutes(1));
        bench.restart(Duration.ofSeconds(5), BenchRules.RULES, "cam-1");
        bench.pass(Duration.ofSeconds(90));
        assertThat(bench.brief()).containsExactly("health.gateway.offline BEGUN 1", "health.gateway.offline ENDED 2");
        gateway(false, "door-1");
        bench.pass(Duration.ofMinutes(1));
        assertThat(bench.brief()).last().isEqualTo("health.gateway.offline BEGUN 1");
    }

    @Test
    void aSensorThatSaysTheSameForTooLongIsIllAlsoOverARestart() {
        bench.restart(Duration.ZERO, STUCK, "cam-1");
        for (int i = 0; i < 19; i++) {
            if (i == 9) {
                bench.restart(Duration.ofSeconds(20), STUCK, "cam-1");
            }
            bench.reading("smoke-1", "smoke", 1);
            bench.pass(Duration.ofMinutes(10));
        }
        assertThat(bench.brief()).containsExactly("health.sensor.stuck BEGUN 1");
        assertThat(bench.events.getFirst().severity()).isEqualTo(Severity.WARNING);
        assertThat(bench.events.getFirst().origin().subject()).isEqualTo("household-12");

        bench.restart(Duration.ofSeconds(20), STUCK, "cam-1");
        bench.pass(Duration.ofMinutes(2));
        assertThat(bench.events).hasSize(1);
        bench.reading("smoke-1", "smoke", 0);
        assertThat(bench.brief()).last().isEqualTo("health.sensor.stuck ENDED 2");
    }
}
