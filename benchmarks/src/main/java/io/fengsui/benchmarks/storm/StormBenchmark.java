package io.fengsui.benchmarks.storm;

import io.fengsui.benchmarks.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measure Q2: each scripted day with correlation, and without it as the control, which must be worse.
 *
 * <p>Arguments: {@code --quick} floods for 6 seconds instead of 60.
 */
public final class StormBenchmark {
    private static final int MINUTE = 60;
    private static final int QUICK = 6;

    private StormBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int flood = arguments.length > 0 && arguments[0].equals("--quick") ? QUICK : MINUTE;
        System.out.printf(
                "%-40s %9s %7s %9s %11s %7s %6s %12s%n",
                "day", "events", "true", "tickets", "per true", "missed", "lost", "msgs/pers/h");
        for (StormDay day : StormDay.all(flood)) {
            print(day, day.name(), true);
            print(day, "  without correlation", false);
        }
    }

    private static void print(StormDay day, String name, boolean isCorrelated) throws IOException {
        try (Scratch scratch = Scratch.make("fengsui-storm");
                StormHub hub = new StormHub(Path.of("").toAbsolutePath(), scratch.folder(), isCorrelated)) {
            hub.live(day);
            StormHub.Found found = hub.found();
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %,9d %7d %9d %11.2f %7d %6d %12.2f%n",
                    name,
                    found.events(),
                    found.truths(),
                    found.tickets(),
                    (double) found.tickets() / found.truths(),
                    found.missed(),
                    found.lost(),
                    found.messages() / day.hours() / StormHub.PEOPLE);
        }
    }
}
