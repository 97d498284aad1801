package io.fengsui.edge.patrol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import io.fengsui.runtime.ManualTimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A box whose clock is wrong until it has heard the time. */
class PatrolClockTest {
    private static final PatrolSettings MORNING = new PatrolSettings(
            "morning",
            new Name("晨检", "Morning round"),
            List.of("gate"),
            new Timetable(List.of(LocalTime.of(8, 0)), Duration.ZERO),
            "",
            new PatrolSettings.Found(List.of("person"), 0.5, new EventKind("patrol.found"), Severity.INFO));

    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-20T23:59:00Z"));

    @Test
    void aClockThatWasAYearAheadPutsNoRoundOffForAYear() throws Exception {
        BlockingQueue<Round> rounds = new LinkedBlockingQueue<>();
        PatrolEyes blind = _ -> {
            throw new IOException("no model");
        };
        try (Patrols patrols = new Patrols(blind, rounds::add, time, ZoneId.of("Asia/Shanghai"))) {
            time.jumpWall(Duration.ofDays(365));
            patrols.apply(List.of(MORNING), Map.of());
            time.jumpWall(Duration.ofDays(-365));
            patrols.apply(List.of(MORNING), Map.of());
            time.advance(Duration.ofMinutes(2));
            patrols.start();
            assertThat(rounds.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
    }
}
