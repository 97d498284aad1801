package io.fengsui.fieldsim.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.fieldsim.judge.Verdict.Delay;
import io.fengsui.fieldsim.truth.Happening;
import io.fengsui.fieldsim.truth.TruthLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VerdictTest {
    private static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");
    private static final TruthLine SMOKE = new TruthLine(
            new Happening("1", "sensor", "smoke-1", "fire.smoke", ""), TruthLine.Phase.BEGUN, T0, 0, List.of());

    private static TicketSeen ticket(String id, String kind, String source, int seconds) {
        return new TicketSeen(id, kind, source, T0.plusSeconds(seconds));
    }

    @Test
    void oneTicketForEachHappeningIsRight() {
        Verdict verdict = Verdict.of(
                List.of(SMOKE, TruthLine.ended(SMOKE.happening(), T0.plusSeconds(9))),
                List.of(ticket("a", "fire.smoke", "smoke-1", 3)));
        assertThat(verdict.isRight()).isTrue();
        assertThat(verdict.unexpected()).isEmpty();
        assertThat(verdict.delays()).containsOnly(Map.entry("fire.smoke", new Delay(3, 3)));
    }

    @Test
    void noTicketIsWrong() {
        assertThat(Verdict.of(List.of(SMOKE), List.of()).isRight()).isFalse();
    }

    @Test
    void twoTicketsAreWrong() {
        Verdict verdict = Verdict.of(
                List.of(SMOKE),
                List.of(ticket("a", "fire.smoke", "smoke-1", 3), ticket("b", "fire.smoke", "smoke-1", 30)));
        assertThat(verdict.isRight()).isFalse();
        assertThat(verdict.unexpected()).isEmpty();
    }

    @Test
    void aTicketOfAnotherSourceOrKindOrFromBeforeIsUnexpected() {
        Verdict verdict = Verdict.of(
                List.of(SMOKE),
                List.of(
                        ticket("a", "fire.smoke", "smoke-2", 3),
                        ticket("b", "water.leak", "smoke-1", 3),
                        ticket("c", "fire.smoke", "smoke-1", -60)));
        assertThat(verdict.isRight()).isFalse();
        assertThat(verdict.unexpected()).extracting(TicketSeen::id).containsExactly("a", "b", "c");
    }

    @Test
    void whatWasPlannedAndNotPlayedIsWrong() {
        Happening leak = new Happening("2", "sensor", "leak-1", "water.leak", "");
        Verdict verdict = Verdict.of(
                List.of(TruthLine.planned(SMOKE.happening(), T0), TruthLine.planned(leak, T0), SMOKE),
                List.of(ticket("a", "fire.smoke", "smoke-1", 3)));
        assertThat(verdict.isRight()).isFalse();
        assertThat(verdict.unplayed()).containsExactly(leak);
    }

    @Test
    void aRunWithoutHappeningsProvesNothing() {
        assertThat(Verdict.of(List.of(), List.of()).isRight()).isFalse();
    }

    @Test
    void addsUpAMetricOverItsLabels() {
        MetricsText metrics = new MetricsText(
                "# HELP edge_frames_total Frames\nedge_frames_total{camera=\"a b\"} 3.0\nedge_frames_total{camera=\"c\"} 4\nedge_frames_total_x 9\n");
        assertThat(metrics.sum("edge_frames_total")).isEqualTo(7);
        assertThat(metrics.sum("edge_frames")).isEqualTo(-1);
    }
}
