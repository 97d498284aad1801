package io.fengsui.benchmarks.cameras.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program that was started, obeys lines on its input and answers with lines. What it logs goes to a file. Confined to one thread. */
public final class Started implements AutoCloseable {
    private static final long STOP_SECONDS = 15;

    private final Process process;
    private final Path log;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(10_000);

    public Started(List<String> command, Path folder, Path log) throws IOException {
        this.log = log;
        this.process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(log.toFile())
                .start();
        Thread.ofPlatform().daemon().name("answers").start(this::read);
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!lines.offer(line)) {
                    lines.clear();
                }
            }
        } catch (IOException e) {
            // The end of the program is the end of its answers.
        }
    }

    public ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The next line that begins so. */
    public String await(String beginning, long seconds) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && line.startsWith(beginning)) {
                return line;
            }
            boolean hasEnded = line == null && !process.isAlive() && lines.isEmpty();
            if (hasEnded || System.nanoTime() > until) {
                throw new IOException("no line '" + beginning + "' came; look into " + log);
            }
        }
    }

    public void tell(String line) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Nullable
    public String poll() {
        return lines.poll();
    }

    @Override
    public void close() {
        // Children first: a peer's processes would outlive it.
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        below.forEach(ProcessHandle::destroyForcibly);
    }
}
