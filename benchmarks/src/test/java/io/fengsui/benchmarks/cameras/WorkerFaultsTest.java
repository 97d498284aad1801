package io.fengsui.benchmarks.cameras;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerFaultsTest {
    /** Process ids end far below that number. */
    @Test
    void whatHitNobodyIsNoHit() throws Exception {
        assertThat(WorkerFaults.struck("kill", List.of("kill", "-KILL", "2000000000")))
                .isEqualTo(new Unrest.Strike("kill-failed", false));
        assertThat(WorkerFaults.struck("kill", List.of("/nowhere/kill")))
                .isEqualTo(new Unrest.Strike("kill-failed", false));
        assertThat(WorkerFaults.struck("kill", List.of("true"))).isEqualTo(new Unrest.Strike("kill", true));
    }
}
