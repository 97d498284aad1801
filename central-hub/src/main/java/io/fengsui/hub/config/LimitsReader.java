package io.fengsui.hub.config;

import io.fengsui.hub.access.RateSettings;
import io.fengsui.hub.access.SessionSettings;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.console.ConsoleSettings;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import java.time.Duration;
import java.util.Optional;

/** Reads what the console bears of each caller and of all together. */
final class LimitsReader {
    private static final Duration DAY = Duration.ofDays(1);

    private LimitsReader() {}

    /** Empty when something of it is wrong, which the map has been told then. */
    static Optional<HubSettings.Limits> limits(MapReader console) {
        Optional<RateSettings> rate = rate(console.mapOrEmpty("rate"));
        Optional<SessionSettings> sessions = sessions(console.mapOrEmpty("sessions"));
        Optional<AnswerSettings> answers = answers(console.mapOrEmpty("kept-answers"));
        int streams = console.integer("streams", 1, 10_000, ConsoleSettings.DEFAULT.maxStreams());
        return rate.isEmpty() || sessions.isEmpty() || answers.isEmpty()
                ? Optional.empty()
                : Optional.of(new HubSettings.Limits(rate.get(), sessions.get(), answers.get(), streams));
    }

    private static Optional<RateSettings> rate(MapReader map) {
        RateSettings standard = RateSettings.DEFAULT;
        int burst = map.integer("burst", 10, 1_000_000, standard.burst());
        int perSecond = map.integer("per-second", 1, 100_000, standard.perSecond());
        return map.finish(() -> new RateSettings(burst, perSecond));
    }

    private static Optional<SessionSettings> sessions(MapReader map) {
        SessionSettings standard = SessionSettings.DEFAULT;
        Duration idle = map.duration("idle", Duration.ofMinutes(15), Duration.ofDays(90), standard.idle());
        Duration longest = map.duration("longest", Duration.ofMinutes(15), Duration.ofDays(90), standard.longest());
        if (longest.compareTo(idle) < 0) {
            map.problem(
                    map.has("longest") ? "longest" : "idle",
                    Problem.Code.VALUE,
                    "a session ends after longest, " + longest.toMinutes() + "m, before it is idle for "
                            + idle.toMinutes() + "m",
                    "longest at least as long as idle");
        }
        return map.finish(() -> new SessionSettings(idle, longest));
    }

    private static Optional<AnswerSettings> answers(MapReader map) {
        AnswerSettings standard = AnswerSettings.DEFAULT;
        Duration goodFor = map.duration("time", Duration.ofMinutes(1), DAY.multipliedBy(30), standard.goodFor());
        int most = map.integer("most", 1, 1_000_000, standard.most());
        long bytes = map.bytes("bytes", 64 << 10, 1 << 30, standard.mostBytes());
        return map.finish(() -> new AnswerSettings(most, bytes, goodFor));
    }
}
