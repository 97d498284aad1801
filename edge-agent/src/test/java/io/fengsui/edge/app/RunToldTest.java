package io.fengsui.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.app.command.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a unit of systemd whose hub and broker are away and whose data folder takes nothing. */
@Tag("slow")
class RunToldTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private @Nullable Process agent;

    @AfterEach
    void stop() throws InterruptedException {
        if (agent != null) {
            agent.descendants().forEach(ProcessHandle::destroyForcibly);
            agent.destroyForcibly().waitFor();
        }
    }

    private Process run(Path socket, int port) throws IOException {
        Files.writeString(folder.resolve("edge.yaml"), """
                edge: {id: edge-1, site: village}
                data-dir: DATA
                storage: {ballast: 0B}
                hub: {address: "127.0.0.1:1"}
                ops: {listen: "127.0.0.1:PORT"}
                vision: {enabled: false}
                brokers:
                  - {name: village, uri: "mqtt://127.0.0.1:1", client-id: edge-1}
                sensors:
                  - {id: level-1, topic: level/1, quantity: level, measure: {pointer: "", unit: m}}
                """.replace("DATA", "/proc/no-such-folder")
                .replace("PORT", "" + port));
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "-c",
                folder.resolve("edge.yaml").toString());
        program.environment().put("NOTIFY_SOCKET", socket.toString());
        return program.redirectErrorStream(true)
                .redirectOutput(folder.resolve("agent.log").toFile())
                .start();
    }

    @Test
    void isReadyLivesAndStopsAsFarAsSystemdIsTold() throws Exception {
        Path path = folder.resolve("notify");
        TestingNotifySocket socket = new TestingNotifySocket(path);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process running = run(path, port);
        agent = running;
        await().atMost(PATIENCE)
                .until(() ->
                        socket.heard().stream().filter("WATCHDOG=1"::equals).count() >= 3);
        assertThat(socket.heard().getFirst()).isEqualTo("READY=1");
        assertThat(get("http://127.0.0.1:" + port + "/healthz")).isEqualTo("ok\n");
        running.destroy();
        assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(socket.heard()).containsOnlyOnce("STOPPING=1").last().isEqualTo("STOPPING=1");
    }

    private static String get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void theUnitThatIsShippedListens() throws IOException {
        assertThat(Files.readAllLines(Path.of("../config/systemd/fengsui-edge-agent.service")))
                .contains("Type=notify", "NotifyAccess=main", "WatchdogSec=60");
    }
}
