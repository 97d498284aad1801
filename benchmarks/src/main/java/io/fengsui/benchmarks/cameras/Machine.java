package io.fengsui.benchmarks.cameras;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that is measured on. */
final class Machine {
    private static final double MILLIS_A_TICK = 10;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;

    private Machine() {}

    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Milliseconds of all cores that were not idle since the start of the machine. */
    static double busyMillis() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
        double sum = 0;
        for (int i = 1; i < Math.min(fields.length, 9); i++) {
            if (i != IDLE && i != IO_WAIT) {
                sum += Long.parseLong(fields[i]) * MILLIS_A_TICK;
            }
        }
        return sum;
    }

    static String words() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return "%d x %s, Linux %s, Java %s"
                .formatted(cores(), processor, System.getProperty("os.version"), Runtime.version());
    }
}
