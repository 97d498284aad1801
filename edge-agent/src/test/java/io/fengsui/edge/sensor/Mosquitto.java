package io.fengsui.edge.sensor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Debian's Mosquitto as a child process, on loopback; keeps sessions over its own restarts. */
public final class Mosquitto implements AutoCloseable {
    public static final Path BINARY = Path.of("/usr/sbin/mosquitto");

    private final Path folder;
    private final int port;
    private Process process;

    public Mosquitto(Path folder) throws IOException {
        this(
                folder,
                "persistence true\npersistence_location " + folder
                        + "/\nautosave_interval 1\nautosave_on_changes true\nmax_inflight_messages 20\n");
    }

    /** With the limits that it has of itself, but for those of what waits; keeps nothing on disk. */
    public static Mosquitto quick(Path folder) throws IOException {
        return new Mosquitto(folder, "max_queued_messages 1000000\n");
    }

    private Mosquitto(Path folder, String settings) throws IOException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(
                folder.resolve("mosquitto.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\n" + settings + "log_dest none\n" + "user "
                        + System.getProperty("user.name") + "\n");
        process = launch();
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(
                        BINARY.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
        return started;
    }

    public int port() {
        return port;
    }

    /** Ends the broker in good order, so that its sessions are on disk, and starts it again. */
    public void restart() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor(5, TimeUnit.SECONDS);
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
