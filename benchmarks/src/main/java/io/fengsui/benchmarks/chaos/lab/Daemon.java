package io.fengsui.benchmarks.chaos.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in a process of its own, with its log, to be harmed. */
public final class Daemon implements AutoCloseable {
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(15);

    private final String name;
    private final Process process;
    private final Path log;

    private Daemon(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts it; the log is continued. */
    public static Daemon start(String name, List<String> command, Path log, Map<String, String> environment)
            throws IOException {
        Path folder = log.toAbsolutePath().getParent();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        builder.environment().putAll(environment);
        return new Daemon(name, builder.start(), log);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL; returns when it is dead. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; seconds until it ended, negative when it did not in time, and was killed. */
    public double terminate(Duration within) throws InterruptedException {
        long begun = System.nanoTime();
        process.destroy();
        if (process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            return (System.nanoTime() - begun) / 1e9;
        }
        kill();
        return -1;
    }

    /** Waits for its end; false when it still runs. */
    public boolean awaitEnd(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    public int exitStatus() {
        return process.exitValue();
    }

    /** Freezes it. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process sent = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
        if (sent.waitFor() != 0) {
            throw new IOException(name + " cannot be sent SIG" + signal);
        }
    }

    /** Entries of a folder of {@code /proc} about it: {@code fd}, {@code task}. */
    public long count(String of) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid()), of))) {
            return entries.count();
        }
    }

    /** Its memory in KiB, with its share of what it shares with others. */
    public long pssKib() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IOException(name + " tells no Pss"));
    }

    /** The end of its log. */
    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                thaw();
                terminate(LAST_PATIENCE);
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
