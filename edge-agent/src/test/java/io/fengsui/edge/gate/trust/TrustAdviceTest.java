package io.fengsui.edge.gate.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.gate.luma.LightRegime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrustAdviceTest {
    @ParameterizedTest
    @CsvSource({
        "true,  AGREED,   COLOUR, 0.004, NONE",
        "true,  AGREED,   GREY,   0.015, NONE",
        "false, LEARNING, COLOUR, 1,     WAIT",
        "false, LEARNING, COLOUR, 0.004, WAIT",
        "false, STREAM,   COLOUR, 1,     WAIT",
        "false, LIGHT,    GREY,   0.013, WAIT",
        "false, NOISY,    COLOUR, 0.05,  CAPPED_VBR",
        "false, NOISY,    COLOUR, 0.012, CAPPED_VBR",
        "false, NOISY,    GREY,   0.05,  CAPPED_VBR_AND_LESS_NOISE",
        "false, LEARNING, COLOUR, 0.05,  CAPPED_VBR",
        "false, LIGHT,    GREY,   0.05,  CAPPED_VBR_AND_LESS_NOISE",
        "false, BITRATE,  COLOUR, 0.004, STEADY_BITRATE",
        "false, MISSED,   COLOUR, 0.004, WATCH_CLOSELY",
    })
    void saysWhatCanBeDone(
            boolean isTrusted, TrustReason reason, LightRegime light, double leastArea, TrustAdvice advice) {
        assertThat(TrustAdvice.of(isTrusted, reason, light, leastArea)).isEqualTo(advice);
    }

    @ParameterizedTest
    @EnumSource(TrustAdvice.class)
    void saysSetCappedVbrExactlyWhereItIsCounted(TrustAdvice advice) {
        assertThat(advice.text().startsWith("set capped VBR")).isEqualTo(advice.isForCappedVbr());
        assertThat(advice.text().isEmpty()).isEqualTo(advice == TrustAdvice.NONE);
    }

    @ParameterizedTest
    @EnumSource(TrustAdvice.class)
    void isFoundByWhatMachinesReadOfIt(TrustAdvice advice) {
        assertThat(TrustAdvice.labelled(advice.label())).hasValue(advice);
        assertThat(TrustAdvice.labelled(advice.label() + "_newer")).isEmpty();
    }
}
