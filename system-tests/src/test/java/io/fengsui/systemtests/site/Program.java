package io.fengsui.systemtests.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A program that runs as a process of its own; all it says goes to one log file. Confined to the test's thread. */
public final class Program implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** What came of a program that ended by itself. */
    public record Outcome(int status, String said) {}

    /** Starts a module's program; the log is added to if there is one already. */
    public static Program start(String module, Path log, String... arguments) throws IOException {
        return start(List.of(), module, log, arguments);
    }

    /** The same under another program, such as {@code strace}. */
    public static Program start(List<String> under, String module, Path log, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(under);
        words.addAll(Reactor.command(module));
        return start(words, log, arguments);
    }

    /** Starts a program by its own words and these. */
    static Program start(List<String> program, Path log, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(program);
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words)
                .directory(Objects.requireNonNull(log.getParent(), "a log lies in a folder")
                        .toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new Program(process, log);
    }

    /** Runs a command of a module's program to its end. */
    public static Outcome run(String module, Path folder, String... arguments)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".txt");
        try (Program program = start(module, said, arguments)) {
            int status = program.awaitEnd(PATIENCE_SECONDS);
            return new Outcome(status, program.log());
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** All that it has said so far. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its own process and all below it. */
    public List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(all::add);
        return all;
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd(PATIENCE_SECONDS);
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** The exit status; fails when it does not come in time. */
    public int awaitEnd(int seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs after " + seconds + " s:\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes();
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
