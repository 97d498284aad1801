package io.fengsui.fieldsim.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fengsui.fieldsim.sensor.SensorScript.Alarm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SensorScriptTest {
    private static final Alarm SMOKE = new Alarm("fire.smoke", 5, 10, 0);
    private static final Alarm FLOOD = new Alarm("water.level.high", 0, 30, 3.0);

    private static SensorScript script(SensorType type, Alarm alarm) {
        return new SensorScript("s1", type, "town/s1", 10, List.of(alarm));
    }

    @Test
    void aSwitchIsOnExactlyDuringItsAlarm() {
        SensorScript smoke = script(SensorType.SMOKE, SMOKE);
        assertThat(smoke.value(4.99)).isZero();
        assertThat(smoke.value(5)).isEqualTo(1);
        assertThat(smoke.value(14.99)).isEqualTo(1);
        assertThat(smoke.value(15)).isZero();
    }

    @Test
    void aRiverRisesOverTheThresholdAndFallsAgain() {
        SensorScript river = script(SensorType.LEVEL, FLOOD);
        assertThat(river.value(0)).isEqualTo(1.2);
        assertThat(river.value(5)).isCloseTo(2.4, within(1e-9));
        assertThat(river.value(15)).isCloseTo(3.6, within(1e-9));
        assertThat(river.isAlarming(FLOOD, 7)).isFalse();
        assertThat(river.isAlarming(FLOOD, 8)).isTrue();
        assertThat(river.isAlarming(FLOOD, 24)).isFalse();
        assertThat(river.value(31)).isEqualTo(1.2);
    }

    @Test
    void aMeterNeverRunsBackwardsAndRunsFasterDuringItsAlarm() {
        SensorScript meter = script(SensorType.METER, new Alarm("water.use.high", 10, 10, 0));
        double last = 0;
        for (int second = 0; second < 60; second++) {
            assertThat(meter.value(second)).isGreaterThanOrEqualTo(last);
            last = meter.value(second);
        }
        assertThat(meter.value(20) - meter.value(10)).isGreaterThan(meter.value(40) - meter.value(30));
    }

    @Test
    void saysItsValueInJson() {
        byte[] payload =
                SimulatedSensors.payload(script(SensorType.SMOKE, SMOKE), 6, Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(new String(payload, StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"s1\",\"at\":\"2026-01-02T03:04:05Z\",\"smoke\":true,\"battery\":93}");
    }
}
