package io.fengsui.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a run lies and how large it is.
 *
 * @param project the project's folder
 * @param work folder of everything that is written
 * @param isQuick smaller loads and fewer rounds
 */
record Bench(Path project, Path work, boolean isQuick, AtomicInteger numbers) {
    static Bench of(Path project, Path work, boolean isQuick) {
        return new Bench(project.toAbsolutePath(), work.toAbsolutePath(), isQuick, new AtomicInteger());
    }

    /** A file for each program: its JVM and arguments, one a line. */
    Path commands() {
        return work.resolve("commands");
    }

    /** A file that is not there yet. */
    Path fresh(String name) {
        return work.resolve(String.format("%02d-%s", numbers.incrementAndGet(), name));
    }

    Path freshFolder(String name) throws IOException {
        return Files.createDirectories(fresh(name));
    }

    int rounds() {
        return isQuick ? 3 : 7;
    }

    int warmUpSeconds() {
        return isQuick ? 15 : 40;
    }

    int windowSeconds() {
        return isQuick ? 20 : 60;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What it runs on, and how much else does. */
    static String machine() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[1];
        return "%d x %s, Linux %s, Java %s, load over 5 minutes at the end %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        System.getProperty("os.version"),
                        Runtime.version(),
                        load);
    }
}
