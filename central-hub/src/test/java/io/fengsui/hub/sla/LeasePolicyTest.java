package io.fengsui.hub.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.sla.LeasePolicy.LeaseReason;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeasePolicyTest {
    @ParameterizedTest
    @CsvSource({
        "60, 60, false, false, HOLDS",
        "60, 61, false, false, RAN_OUT",
        "60, 61, true, false, RAN_OUT",
        "60, 61, true, true, HOLDS",
        "60, 5, true, true, RENEWED",
        "60, 5, false, true, HOLDS",
        "0, 99999, false, false, HOLDS",
        "0, 5, true, true, RENEWED",
    })
    void decides(long lease, long unnamed, boolean isNamed, boolean isUnconfirmed, LeaseReason reason) {
        assertThat(LeasePolicy.decide(Duration.ofSeconds(lease), Duration.ofSeconds(unnamed), isNamed, isUnconfirmed))
                .isEqualTo(reason);
    }
}
