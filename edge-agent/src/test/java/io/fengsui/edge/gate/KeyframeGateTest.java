package io.fengsui.edge.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyframeGateTest {
    /** Units come every 100 ms; K is a keyframe, p is not; o opens, k not a keyframe, n not its turn, s too soon. */
    @ParameterizedTest
    @CsvSource({
        "keyframe,    0, KpppKppp, okkkokkk",
        "auto,        0, pKpK,     koko",
        "all,         0, KpppK,    ooooo",
        "every-3,     0, Kpppppp,  onnonno",
        "every-1,     0, Kpp,      ooo",
        "keyframe,  500, KpppKppK, okkkskko",
        "all,       200, Kppppp,   ososos",
        "every-2,   250, Kpppppp,  onsonso",
    })
    void decides(String mode, long minMillis, String units, String expected) {
        GateSettings settings = GateSettings.of(mode, Duration.ofMillis(minMillis));
        KeyframeGate.State state = KeyframeGate.State.FIRST;
        List<String> decisions = new ArrayList<>();
        for (int i = 0; i < units.length(); i++) {
            KeyframeGate.Facts unit = new KeyframeGate.Facts(units.charAt(i) == 'K', 100);
            KeyframeGate.Decision decision =
                    KeyframeGate.decide(settings, state, unit, TimeUnit.MILLISECONDS.toNanos(100L * i));
            state = decision.next();
            decisions.add(letter(decision.reason()));
            assertThat(decision.isOpen()).isEqualTo(decision.reason().isOpen());
        }
        assertThat(String.join("", decisions)).isEqualTo(expected);
    }

    private static String letter(GateReason reason) {
        return switch (reason) {
            case KEYFRAME, EVERY_NTH, ALL, REQUESTED -> "o";
            case NOT_A_KEYFRAME -> "k";
            case NOT_ITS_TURN -> "n";
            case TOO_SOON -> "s";
            case BROKEN -> "b";
            default -> "?";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "every-0", "every-", "every-1000000", "sometimes", "ALL"})
    void refusesOtherWords(String mode) {
        assertThatThrownBy(() -> GateSettings.of(mode, Duration.ZERO)).hasMessageContaining("auto, keyframe, all");
    }
}
