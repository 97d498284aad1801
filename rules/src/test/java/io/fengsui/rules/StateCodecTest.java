package io.fengsui.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.RuleState.LevelState;
import io.fengsui.rules.RuleState.StillState;
import io.fengsui.rules.RuleState.ZoneState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateCodecTest {
    private static final Moment AT =
            new Moment(Instant.parse("2026-05-01T08:00:00.123456789Z"), ClockQuality.FREE, "boot", -5);

    @ParameterizedTest
    @MethodSource("states")
    void readsWhatItWrote(RuleState state) {
        byte[] bytes = StateCodec.encode("abc", state);
        assertThat(StateCodec.decode(bytes)).contains(new StateCodec.Stored("abc", state));
    }

    @ParameterizedTest
    @MethodSource("states")
    void refusesWhatIsCutShortOrTooLong(RuleState state) {
        byte[] bytes = StateCodec.encode("abc", state);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(StateCodec.decode(Arrays.copyOf(bytes, length))).isEmpty();
        }
        assertThat(StateCodec.decode(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
        bytes[0] = 99;
        assertThat(StateCodec.decode(bytes)).isEmpty();
    }

    static Stream<RuleState> states() {
        return Stream.of(
                new ZoneState(AT, 1, 2, true, RuleState.NEVER, 4, 5, 6, true, 7),
                new StillState(AT, 1, List.of(), false, RuleState.NEVER),
                new StillState(
                        AT, 1, List.of(new StillState.Anchor(1, 0.5, 0.25, 0.1, 5, 6, RuleState.NEVER)), true, 3),
                new LevelState(
                        AT,
                        true,
                        -0.0,
                        1,
                        true,
                        3,
                        4,
                        5,
                        new LevelState.Trail(
                                2.5,
                                new io.fengsui.rules.series.Series(
                                        java.util.List.of(new io.fengsui.rules.series.Series.Point(7, 1.5))),
                                9,
                                java.util.List.of(1L, 2L))));
    }

    @FuzzTest
    void bearsAnyBytes(byte[] bytes) {
        StateCodec.decode(bytes)
                .ifPresent(
                        stored -> assertThat(StateCodec.decode(StateCodec.encode(stored.fingerprint(), stored.state())))
                                .contains(stored));
    }
}
