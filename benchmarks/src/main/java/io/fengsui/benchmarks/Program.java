package io.fengsui.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A started program with its log. Confined to its owner's thread. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final long POLL_MILLIS = 5;
    private static final int STOP_SECONDS = 20;
    private static final HttpClient WEB = HttpClient.newHttpClient();

    private final String name;
    private final Process process;
    private final Path log;
    private final long begun = System.nanoTime();

    private Program(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a module's program, whose JVM and arguments are the lines of {@code commands/MODULE}. */
    static Program start(Bench bench, String module, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(Files.readAllLines(bench.commands().resolve(module)));
        command.addAll(List.of(arguments));
        Path log = bench.fresh(module + ".log");
        Process process = new ProcessBuilder(command)
                .directory(bench.work().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Program(module, process, log);
    }

    /** Milliseconds from the start until {@code /readyz} answered 200. */
    double awaitReady(int port) throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + port + "/readyz");
        return await("ready", () -> statusOf(page) == 200);
    }

    /** The first line of the log that begins so. */
    String awaitLine(String beginning) throws IOException, InterruptedException {
        await(beginning, () -> line(beginning) != null);
        return String.valueOf(line(beginning));
    }

    private @org.jspecify.annotations.Nullable String line(String beginning) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(l -> l.startsWith(beginning)).findFirst().orElse(null);
        }
    }

    /** A question that may fail for now. */
    interface Question {
        boolean ask() throws IOException, InterruptedException;
    }

    /** Milliseconds from the program's start until the answer was yes. */
    double await(String what, Question question) throws IOException, InterruptedException {
        while (!question.ask()) {
            if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IOException(name + " never came to '" + what + "'; look into " + log);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static int statusOf(URI page) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(5)).build();
            return WEB.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    static String get(String page) throws IOException, InterruptedException {
        return WEB.send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    long pid() {
        return process.pid();
    }

    Usage usage() throws IOException {
        return Usage.of(pid());
    }

    /** The program's only child. */
    OptionalLong child() {
        return process.children().mapToLong(ProcessHandle::pid).findFirst();
    }

    Usage childUsage() throws IOException {
        OptionalLong child = child();
        return child.isPresent() ? Usage.of(child.getAsLong()) : Usage.NONE;
    }

    /** Collects the garbage of the program, so that its heap is what it holds on to. */
    void collectGarbage() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (asked.waitFor() != 0) {
            throw new IOException("jcmd cannot reach " + name);
        }
    }

    @Override
    public void close() {
        stop(process);
    }

    /** Asks a process to end, and makes it after a while. */
    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
