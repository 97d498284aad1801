package io.fengsui.benchmarks.chaos.fleet;

import io.fengsui.runtime.TimeSource;
import java.io.PrintStream;

/** Writes a line for each thing that happens, with the steady clock, which all processes of a machine share. Thread-safe. */
final class FleetBook {
    private final PrintStream out;
    private final TimeSource time;

    FleetBook(PrintStream out, TimeSource time) {
        this.out = out;
        this.time = time;
    }

    void tried() {
        out.println("tried " + time.steadyNanos());
    }

    /** @param waitedNanos from the try to the welcome */
    void served(long waitedNanos) {
        out.println("served " + time.steadyNanos() + " " + waitedNanos);
    }

    void lost() {
        out.println("lost " + time.steadyNanos());
    }

    void refused(String why) {
        out.println("refused " + time.steadyNanos() + " " + why.replace('\n', ' '));
    }
}
