package io.fengsui.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a Linux process has used up to now, from {@code /proc}.
 *
 * @param cpuMillis user and system time of all its threads, without its children
 * @param pssKib its memory, with its share of what it shares with others
 */
record Usage(double cpuMillis, long pssKib) {
    /** Linux tells times to programs in hundredths of a second on every machine (USER_HZ). */
    private static final double MILLIS_A_TICK = 10;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    static final Usage NONE = new Usage(0, 0);

    static Usage of(long pid) throws IOException {
        return new Usage(cpuMillis(pid), pssKib(pid));
    }

    /** The fields are counted after the name, which may hold blanks. */
    static double cpuMillis(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) * MILLIS_A_TICK;
    }

    private static long pssKib(long pid) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"));
        return lines.stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("process " + pid + " tells no Pss"));
    }
}
