package io.fengsui.benchmarks.chaos;

import io.fengsui.benchmarks.chaos.lab.Outcome;
import io.fengsui.benchmarks.chaos.lab.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table, and the lines of JSON. */
final class Report {
    private static final String ROW = "%-5s %-18s %8s %12s %6s %8s %9s %8s %8s  %s%n";
    private static final double ROUNDED = 1000.0;

    private Report() {}

    /** The exit status: 0 when every promise that was tried was kept. */
    static int print(List<Outcome> outcomes, Map<String, String> skipped, Plan plan, String commit) {
        System.out.printf(
                ROW, "", "part", "faults", "acknowledged", "lost", "doubled", "repeated", "p50 s", "p99 s", "kept");
        for (Outcome one : outcomes) {
            System.out.printf(
                    Locale.ROOT,
                    ROW,
                    one.promise(),
                    one.part(),
                    one.injected(),
                    one.acknowledged(),
                    one.lost(),
                    one.doubled(),
                    one.repeated(),
                    seconds(one.recovery(0.5)),
                    seconds(one.recovery(0.99)),
                    (one.isMet() ? "yes" : "NO") + (one.note().isEmpty() ? "" : ": " + one.note()));
        }
        skipped.forEach((part, why) -> System.out.printf("      %-18s skipped: %s%n", part, why));
        System.out.println();
        for (Outcome one : outcomes) {
            var line = one.json();
            line.remove("recoveries_s");
            if (!one.recoveries().isEmpty()) {
                line.put("recovery_p50_s", Math.round(one.recovery(0.5) * ROUNDED) / ROUNDED)
                        .put("recovery_p99_s", Math.round(one.recovery(0.99) * ROUNDED) / ROUNDED)
                        .put("recoveries", one.recoveries().size());
            }
            System.out.println(line.put("plan", plan.name()).put("commit", commit));
        }
        return outcomes.stream().allMatch(Outcome::isMet) ? 0 : 1;
    }

    private static String seconds(double value) {
        return value < 0 ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
