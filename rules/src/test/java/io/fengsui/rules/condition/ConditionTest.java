package io.fengsui.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.rules.condition.Condition.Compiled;
import io.fengsui.rules.condition.Condition.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final Map<String, Object> READING = Map.of(
            "sensor",
            "river-1",
            "quantity",
            "level",
            "unit",
            "m",
            "value",
            3.25,
            "previous",
            3.0,
            "elapsed",
            60.0,
            "rate",
            0.25 / 60);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "value > 3                                       | MET",
                "value > 3.5                                     | NOT_MET",
                "rate * 3600.0 > 10.0 && sensor == 'river-1'     | MET",
                "quantity in ['level', 'volume']                 | MET",
                "sensor.matches('^river-[0-9]+$')                | MET",
                "[1, 2, 3].exists(i, double(i) > value)          | NOT_MET",
                "value / (previous - 3.0) > 0.0                  | MET",
                "int(value) / 0 == 1                             | FAILED",
            })
    void judgesAReading(String text, Verdict verdict) {
        assertThat(sound(text).test(READING)).isEqualTo(verdict);
    }

    @Test
    void pointsAtAnUnknownName() {
        ConditionFault fault = faults("value > 3.0 && zoen == 'a'").getFirst();
        assertThat(fault.line()).isEqualTo(1);
        assertThat(fault.column()).isEqualTo(16);
        assertThat(fault.reason()).contains("undeclared reference to 'zoen'");
        assertThat(fault.snippet()).isEqualTo("value > 3.0 && zoen == 'a'\n               ^");
    }

    @Test
    void tellsOfTwoFaultsAtOnce() {
        assertThat(faults("valeu > 3.0 && zoen == 'a'")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"value", "value >", "value > 'a'", "value = 3", "size(sensor) + 1", "timestamp('x')"})
    void refusesWhatIsNoCondition(String text) {
        assertThat(faults(text)).isNotEmpty();
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(faults("value > 3.0 " + "|| value > 3.0 ".repeat(400))).isNotEmpty();
        assertThat(faults("(".repeat(900) + "true" + ")".repeat(900))).isNotEmpty();
    }

    @Test
    void stopsALoopOverItsBound() {
        String ten = "[1,2,3,4,5,6,7,8,9,10]";
        String text = ten + ".all(a, " + ten + ".all(b, " + ten + ".all(c, " + ten + ".all(d, a + b + c + d > 0))))";
        assertThat(sound(text).test(READING)).isEqualTo(Verdict.FAILED);
    }

    /** Regular expressions that try every way (ReDoS) take years for this one; CEL's are linear. */
    @Test
    @Timeout(20)
    void aPatternThatCouldBeTriedInManyWaysIsJudgedAtOnce() {
        Map<String, Object> reading = new HashMap<>(READING);
        reading.put("sensor", "a".repeat(5_000) + "!");
        assertThat(sound("sensor.matches('^(a+)+$')").test(reading)).isEqualTo(Verdict.NOT_MET);
        assertThat(sound("sensor.matches('^(([a-z])+.)+[A-Z]([a-z])+$')").test(reading))
                .isEqualTo(Verdict.NOT_MET);
    }

    @Test
    void isAlwaysMetWhenNobodyWroteOne() {
        assertThat(sound("  ")).isSameAs(Condition.ALWAYS);
        assertThat(Condition.ALWAYS.test(Map.of())).isEqualTo(Verdict.MET);
    }

    @Test
    void failsAndDoesNotThrowWhenAVariableIsMissing() {
        assertThat(sound("value > 3").test(Map.of())).isEqualTo(Verdict.FAILED);
    }

    private static Condition sound(String text) {
        return switch (Condition.compile(text, ConditionScope.READING)) {
            case Compiled.Sound s -> s.condition();
            case Compiled.Faulty f -> throw new AssertionError(f.faults().toString());
        };
    }

    private static List<ConditionFault> faults(String text) {
        return switch (Condition.compile(text, ConditionScope.READING)) {
            case Compiled.Sound _ -> List.of();
            case Compiled.Faulty f -> f.faults();
        };
    }
}
