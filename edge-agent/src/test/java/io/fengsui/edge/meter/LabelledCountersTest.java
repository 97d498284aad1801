package io.fengsui.edge.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.DayOfWeek;
import org.junit.jupiter.api.Test;

class LabelledCountersTest {
    @Test
    void hasOneForEachValueFromTheStart() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LabelledCounters<DayOfWeek> days =
                new LabelledCounters<>(registry, DayOfWeek.class, "edge_days", "Days", "day");
        assertThat(registry.get("edge_days").counters()).hasSize(7);
        days.increment(DayOfWeek.MONDAY);
        days.add(DayOfWeek.MONDAY, 2);
        assertThat(registry.get("edge_days").tag("day", "monday").counter().count())
                .isEqualTo(3);
        assertThat(registry.get("edge_days").tag("day", "sunday").counter().count())
                .isZero();
    }
}
