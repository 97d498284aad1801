package io.fengsui.edge.gate.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstDeskTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aThousandStreamsHaveTheirFirstLookTenASecond() {
        FirstDesk desk = new FirstDesk();
        int begun = 0;
        for (int tenth = 0; tenth < 100; tenth++) {
            for (int camera = 0; camera < 50; camera++) {
                begun += desk.mayBegin(tenth * SECOND / 10) ? 1 : 0;
            }
        }
        assertThat(begun).isBetween(FirstDesk.A_SECOND * 10, FirstDesk.A_SECOND * 11);
    }

    @Test
    void aFewStreamsDoNotWait() {
        FirstDesk desk = new FirstDesk();
        for (int camera = 0; camera < FirstDesk.A_SECOND; camera++) {
            assertThat(desk.mayBegin(-5 * SECOND)).isTrue();
        }
    }
}
