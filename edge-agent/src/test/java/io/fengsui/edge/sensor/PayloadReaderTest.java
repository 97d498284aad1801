package io.fengsui.edge.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.edge.sensor.PayloadMapping.Freshness;
import io.fengsui.edge.sensor.PayloadMapping.Measure;
import io.fengsui.edge.sensor.PayloadMapping.State;
import io.fengsui.edge.sensor.PayloadMapping.Unit;
import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Quality;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadReaderTest {
    static final Moment NOON = new Moment(Instant.parse("2026-11-21T04:00:00Z"), ClockQuality.SYNCED, "boot", 1);

    static SensorSettings sensor(String id, String topic, String quantity, PayloadMapping mapping) {
        return new SensorSettings(
                id, new Name("烟感", "smoke"), Place.UNKNOWN, "", "village", topic, quantity, mapping, Duration.ZERO);
    }

    static State state(String pointer) {
        return new State(pointer, State.USUAL_TRUE, State.USUAL_FALSE, null);
    }

    private static Arrived arrived(String payload) {
        return new Arrived("t", payload.getBytes(StandardCharsets.UTF_8), 1, false, NOON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/alarm      | {\"alarm\":true}          | 1",
                "/alarm      | {\"alarm\":0}             | 0",
                "/alarm      | {\"alarm\":1.0}           | 1",
                "/a/0/status | {\"a\":[{\"status\":\" ALARM \"}]} | 1",
                "''          | ON                        | 1",
                "''          | false                     | 0",
            })
    void readsStates(String pointer, String payload, double expected) throws Exception {
        var reading = PayloadReader.read(sensor("s", "t", "smoke", state(pointer)), arrived(payload));
        assertThat(reading.value()).isEqualTo(expected);
        assertThat(reading.unit()).isEmpty();
        assertThat(reading.quality()).isEqualTo(Quality.GOOD);
    }

    @ParameterizedTest
    @CsvSource({
        "M, 1, 3.25, 3.25, m",
        "CM, 1, 325, 3.25, m",
        "L, 10, 25, 0.25, m3",
        "PERCENT, 1, 40, 0.4, ratio",
        "DEGC, 1, -4.5, -4.5, degC"
    })
    void readsMeasuresInSi(Unit unit, double scale, String text, double expected, String si) throws Exception {
        Measure mapping = new Measure("/v", unit, scale, null);
        var number = PayloadReader.read(sensor("s", "t", "level", mapping), arrived("{\"v\":" + text + "}"));
        assertThat(number.value()).isCloseTo(expected, within(1e-12));
        assertThat(number.unit()).isEqualTo(si);
        var quoted = PayloadReader.read(sensor("s", "t", "level", mapping), arrived("{\"v\":\"" + text + "\"}"));
        assertThat(quoted).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smoke!              | not JSON",
                "{\"other\":1}       | nothing at '/v'",
                "{\"v\":null}        | nothing at '/v'",
                "{\"v\":[1]}         | not a number at '/v'",
                "{\"v\":\"NaN\"}     | not a number at '/v'",
                "{\"v\":1e999}       | not a number at '/v'",
                "{\"v\":true}        | not a number at '/v'",
                "''                  | empty",
            })
    void saysWhyAPayloadIsNotAReading(String payload, String reason) {
        var mapping = new Measure("/v", Unit.M, 1, null);
        assertThatThrownBy(() -> PayloadReader.read(sensor("s", "t", "level", mapping), arrived(payload)))
                .hasMessage(reason);
    }

    @Test
    void aWordThatIsNeitherTrueNorFalseIsNotTakenForAllClear() {
        assertThatThrownBy(
                        () -> PayloadReader.read(sensor("s", "t", "smoke", state("/v")), arrived("{\"v\":\"ALARM!\"}")))
                .hasMessage("neither a true nor a false value at '/v'");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-11-21T12:00:00+08:00\"', GOOD",
        "1795233590, GOOD",
        "1795233590000, GOOD",
        "'\"2026-11-21T11:00:00+08:00\"', UNCERTAIN",
        "'\"yesterday\"', UNCERTAIN",
        "null, UNCERTAIN"
    })
    void anOldOrUndatedReadingIsUncertain(String time, Quality expected) throws Exception {
        var mapping = new Measure("/v", Unit.M, 1, new Freshness("/t", Duration.ofMinutes(5)));
        var reading = PayloadReader.read(sensor("s", "t", "level", mapping), arrived("{\"v\":1,\"t\":" + time + "}"));
        assertThat(reading.quality()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/+, a/b, true",
        "a/+, a/b/c, false",
        "a/#, a/b/c, true",
        "a/#, a, true",
        "+/b, a/c, false",
        "#, $SYS/x, false",
        "a/b, a, false"
    })
    void matchesTopicsAsMqttDoes(String filter, String topic, boolean expected) {
        assertThat(TopicRouter.matches(filter, topic)).isEqualTo(expected);
    }

    @Test
    void acknowledgesOnceAllSensorsOfAMessageAreOnDisk() {
        TopicRouter router = new TopicRouter(
                "village",
                List.of(
                        sensor("level", "well/1", "level", new Measure("/level", Unit.M, 1, null)),
                        sensor("leak", "well/+", "leak", state("/leak"))));
        AtomicInteger acknowledged = new AtomicInteger();
        Arrived message = new Arrived("well/1", "{\"level\":2}".getBytes(StandardCharsets.UTF_8), 7, true, NOON);
        List<SensorMessage> messages = router.route(message, acknowledged::incrementAndGet);
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
    void keepsTheFirstFourKilobytesOfALargePayload() {
        TopicRouter router = new TopicRouter("village", List.of(sensor("s", "t", "smoke", state("/v"))));
        Arrived message = new Arrived("t", new byte[Arrived.MAX_PAYLOAD + 1], 7, false, NOON);
        assertThat(router.route(message, () -> {}).getFirst())
                .isInstanceOfSatisfying(
                        QuarantinedPayload.class,
                        kept -> assertThat(kept.payload()).hasSize(4096));
    }

    @FuzzTest
    void readsAnyPayload(byte[] payload) {
        TopicRouter router = new TopicRouter(
                "village",
                List.of(
                        sensor("a", "t", "smoke", state("")),
                        sensor("b", "t", "smoke", new State("/v", Set.of("x"), Set.of(), null)),
                        sensor("c", "t", "level", new Measure("/v/0", Unit.M, 1, new Freshness("/t", Duration.ZERO)))));
        assertThat(router.route(new Arrived("t", payload, 1, false, NOON), () -> {}))
                .hasSize(3);
    }
}
