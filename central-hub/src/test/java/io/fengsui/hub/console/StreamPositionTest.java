package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPositionTest {
    @Test
    void comesBackAsItWasInTheOrderOfShards() {
        StreamPosition position = new StreamPosition(Map.of(3, 7L, 0, 15L));

        assertThat(position).hasToString("0-15.3-7");
        assertThat(StreamPosition.parse("0-15.3-7")).isEqualTo(position);
        assertThat(position.with(3, 9).of(3)).isEqualTo(9);
        assertThat(position.of(5)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0-", "-1", "0-1.", "a-b", "0-1 ", "12345-1", "0-1234567890123456789"})
    void isNothingWhenItIsNotAPosition(String text) {
        assertThat(StreamPosition.parse(text)).isNull();
    }

    @FuzzTest(maxDuration = "10s")
    void understandsOrRefusesWhateverComes(FuzzedDataProvider data) {
        StreamPosition position = StreamPosition.parse(data.consumeRemainingAsString());
        if (position != null) {
            assertThat(StreamPosition.parse(position.toString())).isEqualTo(position);
        }
    }
}
