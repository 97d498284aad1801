package io.fengsui.benchmarks.chaos.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    @Test
    void isFoundByItsName() {
        assertThat(Plan.named("quick")).isEqualTo(Plan.QUICK);
        assertThat(Plan.named("subset")).isEqualTo(Plan.SUBSET);
        assertThat(Plan.named("long")).isEqualTo(Plan.LONG);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "20, 1", "21, 2", "1000, 50", "99999, 5000"})
    void aNumberIsThatManyKillsOfEachSideInBatchesOfOneSize(int kills, int batches) {
        Plan plan = Plan.named(Integer.toString(kills));
        assertThat(plan.batches()).isEqualTo(batches);
        assertThat(plan.kills() * plan.batches()).isGreaterThanOrEqualTo(kills);
        assertThat(plan.kills()).as("so that a smaller number's batches count").isEqualTo(Plan.LONG.kills());
        assertThat(plan.name()).isEqualTo("kills");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100000", "slow", "-1", ""})
    void refusesWhatIsNone(String name) {
        assertThatThrownBy(() -> Plan.named(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
