package io.fengsui.edge.decide;

import static io.fengsui.edge.decide.BenchRules.RULES;
import static io.fengsui.edge.decide.TestingBench.car;
import static io.fengsui.edge.decide.TestingBench.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.value.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An hour at a gate: visitors who pass, some who stay, cars that drive or stand, a river, smoke; at several rates. */
class HourTest {
    private static final int SECONDS = 3600;

    @ParameterizedTest
    @CsvSource({"0.5, 0", "1, 7"})
    void tellsTheSameAtLowRatesAndAcrossRestarts(double rate, int restarts) {
        playAnHour(rate, restarts);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"2, 7", "5, 0", "15, 0", "5, 7", "15, 7", "5, 23"})
    void tellsTheSameAtAnyRateAndAcrossRestarts(double rate, int restarts) {
        playAnHour(rate, restarts);
    }

    private static void playAnHour(double rate, int restarts) {
        TestingBench bench = new TestingBench();
        Random chance = new Random(restarts);
        Set<Integer> restartAt = new HashSet<>();
        while (restartAt.size() < restarts) {
            restartAt.add(30 + chance.nextInt(SECONDS - 60));
        }
        Duration step = Duration.ofNanos((long) (1e9 / rate));
        int second = -1;
        for (long i = 0; i / rate < SECONDS; i++) {
            bench.time.advance(step);
            double t = i / rate;
            for (; second < (int) t; second++) {
                sensors(bench, second + 1);
                if (restartAt.contains(second + 1)) {
                    bench.restart(Duration.ZERO, RULES, "cam-1");
                }
            }
            bench.look(scene(t).toArray(Detection[]::new));
        }
        assertThat(bench.newest.values().stream().map(HourTest::story).toList())
                .containsExactlyInAnyOrderElementsOf(expected());
        assertThat(bench.acknowledged).isEqualTo(SECONDS / 10);
        assertThat(bench.events.stream().map(e -> e.id() + "/" + e.revision()).distinct())
                .hasSameSizeAs(bench.events);
    }

    private static String story(Event event) {
        return event.kind() + " " + event.phase();
    }

    private static List<String> expected() {
        List<String> stories = new ArrayList<>();
        for (int minute = 0; minute < 60; minute += 5) {
            stories.add("safety.intrusion ENDED");
        }
        stories.add("traffic.stopped ENDED");
        stories.add("traffic.stopped ENDED");
        stories.add("fire.smoke ENDED");
        stories.add("water.level.high ENDED");
        return stories;
    }

    /** Each minute somebody passes in 8 s; each fifth minute somebody stays for 40 s; cars stand at 1000 s and 2000 s. */
    private static List<Detection> scene(double t) {
        List<Detection> seen = new ArrayList<>();
        double inMinute = t % 60;
        boolean isStay = (int) (t / 60) % 5 == 0;
        if (isStay ? inMinute >= 10 && inMinute < 50 : inMinute >= 10 && inMinute < 17) {
            seen.add(person(isStay ? 0.4 + 0.05 * Math.sin(t / 3) : 0.2 + 0.05 * (inMinute - 10)));
        }
        for (double start : new double[] {1000, 2000}) {
            if (t >= start && t < start + 90) {
                seen.add(car(0.8));
            }
        }
        return seen;
    }

    private static void sensors(TestingBench bench, int second) {
        if (second % 10 == 0) {
            boolean isSmoke = second >= 1500 && second < 1800;
            boolean isHigh = second >= 600 && second < 900;
            double level = isHigh ? 3.2 + 0.1 * Math.sin(second) : 2.5;
            if (second % 20 == 0) {
                bench.reading("smoke-1", "smoke", isSmoke ? 1 : 0);
            } else {
                bench.reading("river-1", "level", level);
            }
        }
    }
}
