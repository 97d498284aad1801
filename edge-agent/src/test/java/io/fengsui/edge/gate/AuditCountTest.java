package io.fengsui.edge.gate;

import static io.fengsui.edge.gate.FlagCamera.SECOND;
import static io.fengsui.edge.gate.FlagCamera.STILL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a full box looks by lot are the first to be dropped: who believes their result has to see how many there were. */
class AuditCountTest {
    private static final int WHILE = 3000 * SECOND;

    private final FlagCamera camera = new FlagCamera();

    @BeforeEach
    void watch() {
        camera.watch(GateCase.settings(Duration.ZERO));
    }

    private GateCounters counts() {
        return camera.gate.counters();
    }

    @Test
    void allThatAreLookedAtAreAnswered() {
        camera.show(STILL, WHILE);
        assertThat(counts().audits()).isGreaterThan(10).isEqualTo(counts().of(GateReason.AUDIT));
        assertThat(counts().unansweredAudits()).isZero();
    }

    @Test
    void whatIsDroppedIsCountedAndIsNoAudit() {
        camera.isLookedAt = reason -> reason != GateReason.AUDIT;
        camera.show(STILL, WHILE);
        assertThat(counts().audits()).isZero();
        assertThat(counts().unansweredAudits())
                .as("all but the last, which may be answered yet")
                .isEqualTo(counts().of(GateReason.AUDIT) - 1)
                .isGreaterThan(10);
    }

    @Test
    void anAnswerCountsForItsOwnAuditOnly() {
        camera.isLookedAt = reason -> reason != GateReason.AUDIT || counts().of(GateReason.AUDIT) % 2 == 0;
        camera.show(STILL, WHILE);
        assertThat(counts().audits() + counts().unansweredAudits())
                .isBetween(counts().of(GateReason.AUDIT) - 1, counts().of(GateReason.AUDIT));
        assertThat(counts().audits()).isGreaterThan(5);
        assertThat(counts().unansweredAudits()).isGreaterThan(5);
    }
}
