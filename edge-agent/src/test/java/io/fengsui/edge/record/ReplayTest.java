package io.fengsui.edge.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Severity;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.reader.RuleReader;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static Replay replay(double limit) {
        Problems problems = new Problems();
        var root = SettingsFile.parse("r.yaml", """
                rules: [{id: high, kind: water.high, severity: major, threshold: {quantity: level, above: %s}}]
                """.formatted(limit), problems).orElseThrow();
        RuleScope scope = new RuleScope(Map.of(), Map.of("river-1", Set.of("level")), Set.of());
        RuleSet rules = RuleSet.compile(RuleReader.read(root, scope), Map.of());
        assertThat(problems.list()).isEmpty();
        return new Replay(rules, Map.of());
    }

    /** Thirty-one waves, of which fourteen are over three metres. */
    private static Replay.Result waves(double limit) {
        Replay replay = replay(limit);
        for (int i = 0; i < 31; i++) {
            long second = i * 600L;
            replay.take(SegmentsTest.reading(second, 2));
            replay.take(SegmentsTest.reading(second + 60, i < 14 ? 3.2 : 2.7));
            replay.take(new Entry.Found(
                    SegmentsTest.reading(second + 60, 0).at(), "high", "river-1", Change.BEGUN, Severity.MAJOR));
        }
        return replay.result();
    }

    @Test
    void saysWhatWouldHaveFiredAndWhatDid() {
        Replay.Result result = waves(3);
        assertThat(result.would()).hasSize(14);
        assertThat(result.was()).hasSize(31);
        assertThat(result.lost()).hasSize(17);
        assertThat(result.won()).isEmpty();
        assertThat(result.readings()).isEqualTo(62);
    }

    @Test
    void theSameRuleGivesTheSame() {
        Replay.Result result = waves(2.5);
        assertThat(result.would()).hasSize(31);
        assertThat(result.lost()).isEmpty();
        assertThat(result.won()).isEmpty();
    }

    @Test
    void eachFindingIsLikeOneOtherAtMost() {
        Replay replay = replay(3);
        replay.take(SegmentsTest.reading(0, 2));
        replay.take(SegmentsTest.reading(100, 3.5));
        for (int second : new int[] {20, 50, 110}) {
            replay.take(new Entry.Found(
                    SegmentsTest.reading(second, 0).at(), "high", "river-1", Change.BEGUN, Severity.MAJOR));
        }
        Replay.Result result = replay.result();
        assertThat(replay.found()).isEqualTo(4);
        assertThat(result.won()).isEmpty();
        assertThat(result.lost())
                .extracting(begun -> begun.at().getEpochSecond()
                        - SegmentsTest.reading(0, 0).at().getEpochSecond())
                .containsExactly(20L, 110L);
    }

    @Test
    void aClockThatJumpsBackStopsNothing() {
        Replay replay = replay(3);
        replay.take(SegmentsTest.reading(100, 2));
        replay.take(SegmentsTest.reading(50, 3.5));
        assertThat(replay.result().would()).hasSize(1);
    }
}
