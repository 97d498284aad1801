package io.fengsui.edge.gate.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurgeWatchTest {
    private static long at(double seconds) {
        return (long) (seconds * 1e9);
    }

    /** So many cameras become active, so far apart; the last one is told this. */
    @ParameterizedTest
    @CsvSource({
        "100,  5,   0.01, NONE",
        "100,  20,  0.01, NONE",
        "100,  22,  0.01, WAITS",
        "1000, 150, 0.001, NONE",
        "1000, 210, 0.001, WAITS",
        "10,   8,   0.01, NONE",
        "1000, 900, 0.2,  NONE",
    })
    void whenManyAtOnce(int cameras, int active, double apart, Surge expected) {
        SurgeWatch.State state = SurgeWatch.State.CALM;
        Surge last = Surge.NONE;
        for (int i = 0; i < active; i++) {
            SurgeWatch.Decision decision = SurgeWatch.onActive(state, true, cameras, at(10 + i * apart));
            state = decision.next();
            last = decision.surge();
        }
        assertThat(last).isEqualTo(expected);
    }

    @Test
    void allAreLookedAtOneAfterTheOther() {
        SurgeWatch.State state = SurgeWatch.State.CALM;
        int cameras = 300;
        boolean[] done = new boolean[cameras];
        int admitted = 0;
        int atOnce = 0;
        double t = 0;
        for (; t < 30 && admitted + atOnce < cameras; t += 1 / 15.0) {
            for (int camera = 0; camera < cameras; camera++) {
                if (done[camera]) {
                    continue;
                }
                SurgeWatch.Decision decision = SurgeWatch.onActive(state, t == 0, cameras, at(1 + t));
                state = decision.next();
                done[camera] = decision.surge() != Surge.WAITS;
                admitted += decision.surge() == Surge.ADMITTED ? 1 : 0;
                atOnce += decision.surge() == Surge.NONE ? 1 : 0;
            }
        }
        assertThat(atOnce)
                .as("before it was known that they are many, and after")
                .isLessThan(130);
        assertThat(admitted).isGreaterThan(150);
        assertThat(t).isLessThan(10);
    }
}
