package io.fengsui.rules.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.rules.RuleScope;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.reader.RuleReader;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTestTest {
    private static final String RULES = """
            rules:
              - {id: high, kind: water.level.high, severity: major, threshold: {quantity: level, above: 2.5, for: 5s}}
            """;

    private static List<String> run(String tests) {
        Problems problems = new Problems();
        RuleSet rules = RuleSet.compile(
                RuleReader.read(
                        SettingsFile.parse("rules.yaml", RULES, problems).orElseThrow(),
                        new RuleScope(Map.of(), Map.of("s", Set.of("level")), Set.of())),
                Map.of());
        MapReader root = SettingsFile.parse("t.yaml", tests, problems).orElseThrow();
        List<RuleTest> read = RuleTestReader.read(root);
        assertThat(problems.list()).isEmpty();
        return read.getFirst().run(rules, java.util.Map.of());
    }

    @Test
    void holdsWhenWhatIsExpectedComesAndNothingElse() {
        assertThat(run("""
                tests:
                  - name: rises
                    readings: [{sensor: s, quantity: level, every: 1s, values: "2 3x9 2"}]
                    expect: [{rule: high, at: 6s}, {rule: high, event: ended, after: 10s, before: 11s}]
                """)).isEmpty();
    }

    @Test
    void saysWhatDidNotComeAndWhatCameInstead() {
        assertThat(run("""
                tests:
                  - name: rises
                    readings: [{sensor: s, quantity: level, every: 1s, values: "2 3x9"}]
                    expect: [{rule: high, at: 2s, severity: critical}]
                """))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo("expected high BEGUN CRITICAL between 2s and 2s, but it did not come"),
                        second -> assertThat(second)
                                .startsWith("not expected: high BEGUN MAJOR of s at 6s (high: level 3.0"));
    }

    @Test
    void aDeadlinePassesWhileNothingComes() {
        assertThat(run("""
                tests:
                  - name: one reading
                    length: 1m
                    readings: [{sensor: s, quantity: level, every: 1s, values: "3"}]
                    expect: [{rule: high, at: 5s}]
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1 2 3, 3", "0+0.5x10, 11", "5-1x3, 4", "2x4, 5", "_, 1", "_x5, 5", "'1  _x2 -3.5', 4"})
    void countsValuesAsPromtoolDoes(String text, int count) {
        assertThat(ValueSeries.parse(text)).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1+2", "1x", "1x9999999", "NaN", "1..2", "0x100000 0x100000"})
    void refusesOtherValues(String text) {
        assertThatThrownBy(() -> ValueSeries.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsWhereATestIsWrong() {
        Problems problems = new Problems();
        MapReader root = SettingsFile.parse("t.yaml", """
                        tests:
                          - name: wrong
                            start: today
                            readings: [{sensor: s, quantity: level, every: 1s, values: "high"}]
                            expect: [{rule: high}]
                        """, problems).orElseThrow();
        assertThat(RuleTestReader.read(root)).isEmpty();
        assertThat(problems.toString())
                .contains("t.yaml:3")
                .contains("'high' is not like")
                .contains("when it is expected");
    }
}
