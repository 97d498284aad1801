package io.fengsui.fieldsim.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person may write. */
class FaultLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "latency up 200",
                "latency both 200 50",
                "throttle down 1000",
                "loss both 0.1",
                "loss up 0.1 300",
                "stall up",
                "swallow down",
                "duplicate up 0.5",
                "corrupt both 1",
                "slice up 7",
                "cut-after down 0",
                "half-open",
                "cut",
                "refuse",
                "heal",
                "  slice   up   7 "
            })
    void understands(String line) {
        assertThat(FaultLine.parse(line)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "explode",
                "latency",
                "latency up",
                "latency up x",
                "latency up -1",
                "latency sideways 5",
                "throttle up 0",
                "loss up 1.1",
                "loss up NaN",
                "stall up 5",
                "slice up 0",
                "slice up 7 7",
                "latency up 1 2 3",
                "loss up 0.5 0",
                "heal both",
                "throttle up 99999999999999999999"
            })
    void refusesAndSaysWhatThereIs(String line) {
        assertThatThrownBy(() -> FaultLine.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void everyCommandOfTheListIsUnderstood() {
        for (String command : FaultLine.COMMANDS) {
            String line = command.replace("WAY", "both")
                    .replace("JITTER-MS", "5")
                    .replace("RESEND-MS", "5")
                    .replace("BYTES-PER-SECOND", "5")
                    .replace("BYTES", "5")
                    .replace("MS", "5")
                    .replace("PART", "0.5")
                    .replace("[", "")
                    .replace("]", "");
            assertThat(FaultLine.parse(line)).as(line).isNotNull();
        }
    }
}
