package io.fengsui.benchmarks.gate;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Least and greatest of a figure over the times through. */
record Spread(double least, double greatest) {
    /** @param byLoop the figure of all these results, by the number of the time through */
    static Spread of(List<GateRun.Result> results, IntToDoubleFunction byLoop) {
        int loops =
                results.stream().mapToInt(one -> one.awakeByLoop().size()).min().orElse(0);
        DoubleSummaryStatistics all =
                IntStream.range(0, loops).mapToDouble(byLoop).summaryStatistics();
        return loops == 0 ? new Spread(0, 0) : new Spread(all.getMin(), all.getMax());
    }

    /** With so many digits behind the point. */
    String percent(int digits) {
        return percent(least, digits) + " to " + percent(greatest, digits) + " %";
    }

    private static String percent(double share, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", 100 * share);
    }
}
