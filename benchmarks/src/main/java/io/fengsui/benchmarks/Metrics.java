package io.fengsui.benchmarks;

import java.io.IOException;

/** The text of a program's {@code /metrics}. */
record Metrics(String text) {
    static Metrics of(int port) throws IOException, InterruptedException {
        return new Metrics(Program.get("http://127.0.0.1:" + port + "/metrics"));
    }

    /** The sum of all samples whose line begins so; 0 when there is none. */
    double sum(String beginning) {
        return text.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
