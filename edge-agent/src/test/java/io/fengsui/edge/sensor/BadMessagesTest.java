package io.fengsui.edge.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import io.fengsui.edge.profile.MessageShape;
import io.fengsui.edge.profile.MessageShape.Envelope;
import io.fengsui.edge.profile.MessageShape.Format;
import io.fengsui.edge.profile.MessageShape.Timing;
import io.fengsui.edge.profile.MessageShape.Who;
import io.fengsui.edge.profile.Profile;
import io.fengsui.edge.profile.ReadingSpec;
import io.fengsui.edge.profile.ReadingSpec.Guard;
import io.fengsui.edge.profile.ReadingSpec.Measure;
import io.fengsui.edge.profile.TimeField;
import io.fengsui.edge.profile.TopicPattern;
import io.fengsui.edge.profile.Unit;
import io.fengsui.edge.profile.ValueSource;
import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.sensor.SensorSettings.Feed;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What sensors send that cannot be, or should not be believed: each message is a reading of that quality, or kept for people
 * with a reason. It is noon of 2026-11-21 in UTC+8.
 */
class BadMessagesTest {
    private static final String ARRAYS = "[".repeat(10_000);

    /** A river's level of 0 to 30 m, in centimetres, with the gauge's own time. */
    private static SensorSettings river() {
        MessageShape shape = new MessageShape(
                new TopicPattern("river"),
                new Envelope(Format.JSON, null, null, true),
                Who.BY_TOPIC,
                new Timing(new TimeField(at("/time"), TimeField.Format.AUTO, TimeField.DEFAULT_MAX_AGE), false, null),
                List.of(new ReadingSpec(
                        "level", at("/level"), new Measure(Unit.CM, 1, 0, 30, false), new Guard(null, Set.of(), true))),
                null);
        Profile profile = new Profile("gauge", Name.NONE, "", Duration.ZERO, List.of(shape));
        return new SensorSettings(
                "river",
                Name.NONE,
                Place.UNKNOWN,
                "",
                "village",
                new Feed(profile, "", "", ZoneId.of("Asia/Shanghai")),
                Duration.ZERO);
    }

    private static ValueSource at(String pointer) {
        return new ValueSource.At(JsonPointer.compile(pointer), false);
    }

    private final TopicRouter router = new TopicRouter(
            "village", List.of(river(), TestingSensors.own("smoke", "smoke", "smoke", "/smoke", TestingSensors.STATE)));

    private String told(String topic, byte[] payload, boolean isRetained) {
        List<SensorMessage> messages = router.route(
                        new Arrived(topic, payload, 7, isRetained, TestingSensors.NOON), () -> {})
                .messages();
        assertThat(messages).hasSize(1);
        return switch (messages.getFirst()) {
            case SensorInput input ->
                input.reading().value() + " " + input.reading().quality() + (input.isRetained() ? " retained" : "");
            case QuarantinedPayload kept -> {
                assertThat(kept.payload()).hasSizeLessThanOrEqualTo(Interpretation.KEPT_BYTES);
                yield "kept: " + kept.reason();
            }
            case SensorMessage.PresenceWord word -> throw new AssertionError(word);
        };
    }

    private String told(String topic, String payload) {
        return told(topic, payload.getBytes(StandardCharsets.UTF_8), false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"level\": 250, \"time\": \"2026-11-21T12:00:00+08:00\"} | 2.5 GOOD",
                // no reading
                "''                                                        | kept: empty",
                "{\"level\": 250                                           | kept: not JSON",
                "{\"level\": 250} {\"level\": 900}                         | kept: not JSON",
                "{\"level\": 250, \"level\": 900}                          | kept: not JSON: a key stands twice",
                "{\"level\": NaN}                                          | kept: not JSON",
                "{\"level\": Infinity}                                     | kept: not JSON",
                "{\"level\": 1e999}                                        | kept: not a number",
                "{\"level\": \"12,5\"}                                     | kept: not a number",
                "{\"level\": \"NaN\"}                                      | kept: not a number",
                "{\"level\": \"0x1F\"}                                     | kept: not a number",
                "{\"level\": true}                                         | kept: not a number",
                "{\"level\": null}                                         | kept: nothing at",
                "{\"level\": [250]}                                        | kept: a list or an object",
                "{\"depth\": 250}                                          | kept: nothing at '/level'",
                // out of the physical range
                "{\"level\": -1, \"time\": \"2026-11-21T12:00:00+08:00\"}  | kept: level of -0.01 m is outside",
                "{\"level\": 3001, \"time\": \"2026-11-21T12:00:00+08:00\"}| kept: level of 30.01 m is outside",
                // times
                "{\"level\": 250, \"time\": 0}                             | 2.5 UNCERTAIN",
                "{\"level\": 250, \"time\": 1795233600}                    | 2.5 GOOD",
                "{\"level\": 250, \"time\": 1795233600000}                 | 2.5 GOOD",
                "{\"level\": 250, \"time\": \"1970-01-01T00:00:00Z\"}      | 2.5 UNCERTAIN",
                "{\"level\": 250, \"time\": \"2262-04-11T23:47:16Z\"}      | 2.5 UNCERTAIN",
                "{\"level\": 250, \"time\": 9223372036854775807}           | 2.5 UNCERTAIN",
                "{\"level\": 250, \"time\": \"2026-11-22T12:00:00+08:00\"} | 2.5 UNCERTAIN",
                "{\"level\": 250, \"time\": \"2026-11-21T11:00:00+08:00\"} | 2.5 UNCERTAIN",
                "{\"level\": 250, \"time\": \"yesterday\"}                 | 2.5 UNCERTAIN",
                "{\"level\": 250}                                          | 2.5 GOOD",
            })
    void isAReadingOfThatQualityOrKeptWithAReason(String payload, String expected) {
        assertThat(told("river", payload)).startsWith(expected);
    }

    @Test
    void whatIsTooDeepTooLargeOrNoTextIsKept() {
        assertThat(told("river", "{\"level\": " + ARRAYS)).startsWith("kept: nested deeper than");
        assertThat(told("river", new byte[Arrived.MAX_PAYLOAD + 1], false)).startsWith("kept: ");
        assertThat(told("river", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}, false))
                .startsWith("kept: not JSON");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"smoke\": \"ALARM\"}', 1.0 GOOD",
        "'{\"smoke\": 0}', 0.0 GOOD",
        // never taken for all clear
        "'{\"smoke\": 2}', kept:",
        "'{\"smoke\": -1}', kept:",
        "'{\"smoke\": \"\"}', kept:",
        "'{\"smoke\": \"unavailable\"}', kept:",
        "'{\"smoke\": {}}', kept:",
    })
    void aStateThatIsNeitherIsNotTakenForAllClear(String payload, String expected) {
        assertThat(told("smoke", payload)).startsWith(expected);
    }

    @Test
    void anOldAlarmThatTheBrokerKeptSaysThatItIsOld() {
        byte[] alarm = "{\"smoke\": true}".getBytes(StandardCharsets.UTF_8);
        assertThat(told("smoke", alarm, true)).endsWith("retained");
        assertThat(told("smoke", alarm, false)).doesNotContain("retained");
    }

    @Test
    void aTopicThatIsNobodysIsKeptAndMakesNoSensor() {
        assertThat(told("smoke/2", "{\"smoke\": true}")).isEqualTo("kept: no sensor has this topic");
        assertThat(told("x".repeat(60_000), "{\"smoke\": true}")).isEqualTo("kept: no sensor has this topic");
    }

    /** At the end of time, which no clock says, reading it throws. */
    @Test
    void aMessageOverWhichReadingFailsIsKeptForPeopleWithItsAcknowledgement() {
        Moment end = new Moment(Instant.MAX, ClockQuality.FREE, "boot", 1);
        AtomicInteger acknowledged = new AtomicInteger();
        byte[] payload = "{\"level\": 250, \"time\": \"2026-11-21T12:00:00+08:00\"}".getBytes(StandardCharsets.UTF_8);
        List<SensorMessage> messages = router.route(
                        new Arrived("river", payload, 7, false, end), acknowledged::incrementAndGet)
                .messages();
        assertThat(messages).singleElement().isInstanceOfSatisfying(QuarantinedPayload.class, kept -> {
            assertThat(kept.reason()).startsWith("could not be read: java.");
            assertThat(kept.topic()).isEqualTo("river");
            assertThat(kept.payload()).isEqualTo(payload);
        });
        assertThat(acknowledged).hasValue(0);
        messages.getFirst().acknowledgement().run();
        assertThat(acknowledged).hasValue(1);
    }
}
