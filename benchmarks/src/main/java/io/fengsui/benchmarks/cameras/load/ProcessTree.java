package io.fengsui.benchmarks.cameras.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a process and all below it have used, from {@code /proc}. Processes that end meanwhile are left out. */
public final class ProcessTree {
    private static final double MILLIS_A_TICK = 10;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private final ProcessHandle root;

    public ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    public long pid() {
        return root.pid();
    }

    public List<Long> below() {
        return root.descendants().map(ProcessHandle::pid).toList();
    }

    /** Milliseconds of CPU of the root alone. */
    public double ownCpu() {
        return times("/proc/" + root.pid() + "/stat", USER_TIME, SYSTEM_TIME);
    }

    /** Milliseconds of CPU of the whole tree, with children that have ended and were waited for. */
    public double cpu() {
        double sum = times("/proc/" + root.pid() + "/stat", USER_TIME, SYSTEM_TIME, CHILDREN_USER, CHILDREN_SYSTEM);
        for (long pid : below()) {
            sum += times("/proc/" + pid + "/stat", USER_TIME, SYSTEM_TIME, CHILDREN_USER, CHILDREN_SYSTEM);
        }
        return sum;
    }

    /** Milliseconds of CPU of the root's threads, by name without number. */
    public Map<String, Double> cpuByThread() throws IOException {
        Map<String, Double> sums = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + root.pid() + "/task"))) {
            for (Path task : tasks) {
                String name = read(task.resolve("comm").toString()).strip().replaceAll("[-#\\d]+$", "");
                sums.merge(name, times(task.resolve("stat").toString(), USER_TIME, SYSTEM_TIME), Double::sum);
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        return sums;
    }

    /** KiB of memory of the tree, with its share of what it shares. */
    public double pssKib() {
        double sum = pss(root.pid());
        for (long pid : below()) {
            sum += pss(pid);
        }
        return sum;
    }

    public double ownPssKib() {
        return pss(root.pid());
    }

    private static double pss(long pid) {
        return read("/proc/" + pid + "/smaps_rollup")
                .lines()
                .filter(line -> line.startsWith("Pss:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }

    private static double times(String file, int... fields) {
        String stat = read(file);
        if (stat.isEmpty()) {
            return 0;
        }
        List<String> all = new ArrayList<>(
                List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1)));
        double sum = 0;
        for (int field : fields) {
            sum += Long.parseLong(all.get(field)) * MILLIS_A_TICK;
        }
        return sum;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            // A process that is just ending answers with an error.
            return "";
        }
    }
}
