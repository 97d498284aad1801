package io.fengsui.edge.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.edge.sensor.SensorMessage.PresenceWord;
import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.sensor.TopicRouter.Routed;
import io.fengsui.protocol.value.Quality;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRouterTest {
    private static Arrived message(String topic, String payload, boolean isRetained) {
        return new Arrived(topic, payload.getBytes(StandardCharsets.UTF_8), 7, isRetained, TestingSensors.NOON);
    }

    private static Routed route(TopicRouter router, String topic, String payload) {
        return router.route(message(topic, payload, false), () -> {});
    }

    @Test
    void acknowledgesOnceAllSensorsOfAMessageAreOnDisk() {
        TopicRouter router = new TopicRouter(
                "village",
                List.of(
                        TestingSensors.own("level", "well/1", "level", "/level", TestingSensors.METRES),
                        TestingSensors.own("leak", "well/+", "leak", "/leak", TestingSensors.STATE)));
        AtomicInteger acknowledged = new AtomicInteger();
        List<SensorMessage> messages = router.route(
                        message("well/1", "{\"level\":2}", true), acknowledged::incrementAndGet)
                .messages();
        assertThat(messages.get(0)).isInstanceOfSatisfying(SensorInput.class, input -> {
            assertThat(input.reading().value()).isEqualTo(2);
            assertThat(input.isRetained()).isTrue();
        });
        assertThat(messages.get(1)).isInstanceOfSatisfying(QuarantinedPayload.class, kept -> {
            assertThat(kept.sensor()).isEqualTo("leak");
            assertThat(kept.reason()).isEqualTo("nothing at '/leak'");
        });
        messages.get(1).acknowledgement().run();
        assertThat(acknowledged).hasValue(0);
        messages.get(0).acknowledgement().run();
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void aMessageThatSaysNothingIsAcknowledgedAtOnce() {
        TopicRouter router =
                new TopicRouter("village", List.of(TestingSensors.of("smoke-1", "zigbee2mqtt.smoke", "厨房")));
        AtomicInteger acknowledged = new AtomicInteger();
        Routed routed = router.route(message("zigbee2mqtt/厨房", "{\"update\":1}", false), acknowledged::incrementAndGet);
        assertThat(routed.messages()).isEmpty();
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void oneMessageOfAGatewayServesTheSensorsItNamesAndKeepsWhatNobodyKnows() {
        TopicRouter router = new TopicRouter(
                "village",
                List.of(
                        TestingSensors.of("a", "thingsboard.gateway", "Device A"),
                        TestingSensors.of("b", "thingsboard.gateway", "设备 B")));
        List<SensorMessage> messages = route(
                        router,
                        "v1/gateway/telemetry",
                        "{\"设备 B\":[{\"ts\":1795233600000,\"values\":{\"leak\":1,\"battery\":80}}]}")
                .messages();
        assertThat(messages)
                .extracting(m -> ((SensorInput) m).reading().sensor() + " "
                        + ((SensorInput) m).reading().quantity())
                .containsExactly("b leak", "b battery");
        assertThat(route(router, "v1/gateway/telemetry", "{\"C\":[{\"values\":{\"leak\":1}}]}")
                        .messages())
                .singleElement()
                .isInstanceOfSatisfying(
                        QuarantinedPayload.class,
                        kept -> assertThat(kept.reason()).isEqualTo("no sensor has the device 'C'"));
    }

    @Test
    void whatNoRuleMayJudgeIsOfBadQuality() {
        TopicRouter router = new TopicRouter("village", List.of(TestingSensors.of("s", "zigbee2mqtt.smoke", "k")));
        Routed kept = router.route(message("zigbee2mqtt/k", "{\"smoke\":true}", true), () -> {});
        assertThat(kept.messages())
                .singleElement()
                .isInstanceOfSatisfying(
                        SensorInput.class,
                        input -> assertThat(input.reading().quality()).isEqualTo(Quality.BAD));
        Routed live = route(router, "zigbee2mqtt/k", "{\"smoke\":true}");
        assertThat(live.messages())
                .singleElement()
                .isInstanceOfSatisfying(
                        SensorInput.class,
                        input -> assertThat(input.reading().quality()).isEqualTo(Quality.GOOD));
    }

    @Test
    void learnsTopicsFromDiscoveryAndForgetsThemWithTheSensor() {
        SensorSettings meter = TestingSensors.of("meter-1", "home-assistant", "meter");
        TopicRouter router = new TopicRouter("village", List.of(meter));
        assertThat(router.filters()).containsExactly("homeassistant/+/meter/config", "homeassistant/+/+/meter/config");
        String config = """
                {"device_class":"water","unit_of_measurement":"L","state_topic":"cellar/state",
                 "value_template":"{{ value_json.total }}"}
                """;
        assertThat(route(router, "homeassistant/sensor/meter/config", config).hasNewTopics())
                .isTrue();
        assertThat(route(router, "homeassistant/sensor/meter/config", config).hasNewTopics())
                .isFalse();
        assertThat(router.filters()).contains("cellar/state");
        assertThat(route(router, "cellar/state", "{\"total\":1250}").messages())
                .singleElement()
                .isInstanceOfSatisfying(SensorInput.class, input -> {
                    assertThat(input.reading().sensor()).isEqualTo("meter-1");
                    assertThat(input.reading().value()).isEqualTo(1.25);
                });
        assertThat(router.with(List.of(meter)).filters()).contains("cellar/state");
        assertThat(router.with(List.of()).filters()).isEmpty();
    }

    @Test
    void theDeathOfANodeTakesItsDevicesWithItAndAGapAsksOnce() {
        TopicRouter router = new TopicRouter(
                "village",
                List.of(
                        TestingSensors.of("r", "sparkplug.level", "village/cabinet/river"),
                        TestingSensors.of("w", "sparkplug.level", "village/cabinet/well"),
                        TestingSensors.of("i", "sparkplug.input", "village/cabinet")));
        Routed first = route(router, "spBv1.0/village/DDATA/cabinet/river", "{\"metrics\":[],\"seq\":3}");
        assertThat(first.asks())
                .singleElement()
                .satisfies(ask -> assertThat(ask.topic()).isEqualTo("spBv1.0/village/NCMD/cabinet"));
        Routed death = route(router, "spBv1.0/village/NDEATH/cabinet", "{\"metrics\":[]}");
        assertThat(death.messages())
                .filteredOn(PresenceWord.class::isInstance)
                .flatExtracting(m -> ((PresenceWord) m).sensors())
                .contains("r", "w", "i");
    }

    @Test
    void aGatewayThatWentIsOneWordOfAllItsSensorsWhateverTheirProfiles() {
        TopicRouter router = new TopicRouter(
                "village",
                List.of(
                        TestingSensors.of("s", "zigbee2mqtt.smoke", "kitchen"),
                        TestingSensors.of("l", "zigbee2mqtt.leak", "cellar"),
                        TestingSensors.of("r", "tasmota.level", "river")));
        assertThat(router.filters()).contains("zigbee2mqtt/bridge/state");
        AtomicInteger acknowledged = new AtomicInteger();
        Arrived death = message("zigbee2mqtt/bridge/state", "{\"state\":\"offline\"}", false);
        Routed routed = router.route(death, acknowledged::incrementAndGet);
        assertThat(routed.messages()).singleElement().isInstanceOfSatisfying(PresenceWord.class, word -> {
            assertThat(word.sensors()).containsExactlyInAnyOrder("s", "l");
            assertThat(word.gateway()).isEqualTo("zigbee2mqtt/bridge");
            assertThat(word.isOnline()).isFalse();
            word.acknowledgement().run();
        });
        assertThat(acknowledged).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"smoke, smoke", "moisture, leak"})
    void aDetectorThatAnnouncesItselfSaysOnAndOff(String deviceClass, String quantity) {
        TopicRouter router = new TopicRouter("village", List.of(TestingSensors.of("d", "home-assistant", "garden")));
        String config = "{\"name\":\"garden\",\"device_class\":\"" + deviceClass
                + "\",\"state_topic\":\"homeassistant/binary_sensor/garden/state\"}";
        route(router, "homeassistant/binary_sensor/garden/config", config);
        for (String state : List.of("ON", "OFF")) {
            assertThat(route(router, "homeassistant/binary_sensor/garden/state", state)
                            .messages())
                    .singleElement()
                    .isInstanceOfSatisfying(SensorInput.class, input -> {
                        assertThat(input.reading().quantity()).isEqualTo(quantity);
                        assertThat(input.reading().value()).isEqualTo(state.equals("ON") ? 1 : 0);
                    });
        }
    }

    @Test
    void keepsTheFirstFourKilobytesOfALargePayload() {
        TopicRouter router =
                new TopicRouter("village", List.of(TestingSensors.own("s", "t", "smoke", "/v", TestingSensors.STATE)));
        Arrived large = new Arrived("t", new byte[Arrived.MAX_PAYLOAD + 1], 7, false, TestingSensors.NOON);
        assertThat(router.route(large, () -> {}).messages().getFirst())
                .isInstanceOfSatisfying(
                        QuarantinedPayload.class,
                        kept -> assertThat(kept.payload()).hasSize(4096));
    }

    @Test
    void aTopicWithoutEndIsKeptAside() {
        TopicRouter router = new TopicRouter(
                "village", List.of(TestingSensors.own("s", "t/#", "smoke", "/v", TestingSensors.STATE)));
        assertThat(route(router, "t/" + "x/".repeat(300), "{\"v\":1}").messages())
                .singleElement()
                .isInstanceOf(QuarantinedPayload.class);
    }

    @FuzzTest
    void readsAnyPayload(byte[] payload) {
        TopicRouter router = new TopicRouter(
                "village",
                List.of(
                        TestingSensors.own("a", "t", "smoke", "", TestingSensors.STATE),
                        TestingSensors.own("b", "t", "smoke", "/v", TestingSensors.STATE),
                        TestingSensors.own("c", "t", "level", "/v/0", TestingSensors.METRES)));
        assertThat(router.route(new Arrived("t", payload, 1, false, TestingSensors.NOON), () -> {})
                        .messages())
                .hasSize(3);
    }
}
