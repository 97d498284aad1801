package io.fengsui.edge.gate.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AskBudgetTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void fourAreThereAtOnceAndOneComesBackEveryFiveSeconds() {
        AskBudget budget = new AskBudget(0);
        int spent = 0;
        for (long now = 0; now < 60 * SECOND; now += SECOND / 10) {
            if (budget.isLeft(now)) {
                budget = budget.spent(now);
                spent++;
            }
        }
        assertThat(spent).as("four, and one at each of 5 s, 10 s … 55 s").isEqualTo(15);
        long later = 3600 * SECOND;
        int burst = 0;
        while (budget.isLeft(later)) {
            budget = budget.spent(later);
            burst++;
        }
        assertThat(burst).as("what was not spent is not saved up").isEqualTo(4);
    }

    @Test
    void theClockMayBeginAnywhere() {
        long now = Long.MAX_VALUE - SECOND;
        AskBudget budget = new AskBudget(now);
        for (int i = 0; i < 4; i++) {
            assertThat(budget.isLeft(now + i)).isTrue();
            budget = budget.spent(now + i);
        }
        assertThat(budget.isLeft(now + 4)).isFalse();
        assertThat(budget.isLeft(now + 6 * SECOND)).isTrue();
    }
}
