package io.fengsui.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A broker as sites have it, of Debian's package, on loopback: with thousands of topics the simulated one would take more of the
 * machine than what is measured.
 */
final class Mosquitto implements AutoCloseable {
    private static final int TRIES = 100;

    private final Process process;
    private final int port;

    private Mosquitto(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Mosquitto start(Bench bench) throws IOException, InterruptedException {
        int port = Bench.freePort();
        Path plan = bench.fresh("mosquitto.conf");
        Files.writeString(plan, """
                listener %d 127.0.0.1
                allow_anonymous true
                set_tcp_nodelay true
                max_inflight_messages 1000
                max_queued_messages 100000
                log_type warning
                """.formatted(port));
        Process process = new ProcessBuilder("mosquitto", "-c", plan.toString())
                .redirectErrorStream(true)
                .redirectOutput(bench.fresh("mosquitto.log").toFile())
                .start();
        Mosquitto broker = new Mosquitto(process, port);
        for (int i = 0; !broker.isListening(); i++) {
            if (i == TRIES || !process.isAlive()) {
                broker.close();
                throw new IOException("mosquitto does not listen; look into the log in " + bench.work());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return broker;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    private boolean isListening() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        Program.stop(process);
    }
}
