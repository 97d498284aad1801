package io.fengsui.fieldsim.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fengsui.fieldsim.sensor.SensorScript.Alarm;
import io.fengsui.fieldsim.truth.TruthLine;
import io.fengsui.fieldsim.truth.TruthLine.Phase;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker on loopback; slow because it starts one. */
@Tag("slow")
final class SimulatedSensorsTest {
    static {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @Test
    void publishesReadingsAndWritesDownTheTruth() throws IOException {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        Queue<TruthLine> truth = new ConcurrentLinkedQueue<>();
        SensorScript smoke = new SensorScript(
                "smoke-1", SensorType.SMOKE, "town/smoke-1", 0.2, List.of(new Alarm("fire.smoke", 0.2, 0.5, 0)));
        try (EmbeddedBroker broker = EmbeddedBroker.start(0);
                MqttPeer listener = new MqttPeer(
                        broker.uri(),
                        "listener",
                        null,
                        (topic, payload) -> heard.add(topic + ' ' + new String(payload, StandardCharsets.UTF_8)))) {
            listener.subscribe("town/#");
            try (SimulatedSensors sensors =
                    new SimulatedSensors(List.of(smoke), broker.uri(), null, TimeSource.system(), truth::add)) {
                await().until(() -> heard.stream().anyMatch(text -> text.contains("\"smoke\":false")));
                assertThat(truth).isEmpty();
                sensors.begin();
                await().until(() -> truth.size() == 3);
                await().until(() -> heard.stream().anyMatch(text -> text.contains("\"smoke\":true")));
                assertThat(sensors.published()).isPositive();
            }
        }
        assertThat(truth).extracting(TruthLine::phase).containsExactly(Phase.PLANNED, Phase.BEGUN, Phase.ENDED);
        assertThat(truth).allSatisfy(line -> assertThat(line.happening().kind()).isEqualTo("fire.smoke"));
    }

    @Test
    void letsInOnlyWhoKnowsThePassword() throws IOException {
        BrokerLogin login = new BrokerLogin("edge", "secret");
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, login)) {
            assertThatThrownBy(() -> new MqttPeer(broker.uri(), "stranger", null, (topic, payload) -> {}))
                    .isInstanceOf(IOException.class);
            Queue<String> heard = new ConcurrentLinkedQueue<>();
            try (MqttPeer peer = new MqttPeer(broker.uri(), "edge", login, (topic, payload) -> heard.add(topic))) {
                peer.subscribe("a/b");
                assertThat(peer.publish("a/b", new byte[] {1})).isTrue();
                await().until(() -> heard.contains("a/b"));
            }
        }
    }

    @Test
    void aLoudspeakerWritesDownWhatItSays(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("spoken.log");
        try (EmbeddedBroker broker = EmbeddedBroker.start(0);
                MqttPeer teller = new MqttPeer(broker.uri(), "teller", null, (topic, payload) -> {})) {
            try (SimulatedLoudspeaker speaker =
                    new SimulatedLoudspeaker(broker.uri(), null, "town/loudspeaker/#", file, TimeSource.system())) {
                assertThat(speaker).isNotNull();
                teller.publish("town/loudspeaker/1", "河水上涨\n请离开河岸".getBytes(StandardCharsets.UTF_8));
                await().until(() -> Files.size(file) > 0);
            }
        }
        assertThat(Files.readString(file)).contains(" town/loudspeaker/1 河水上涨 请离开河岸");
    }
}
