package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.wire.v1.FromHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database server is frozen in the middle of a storm, for as long as a failover takes, and comes back. */
@Tag("slow")
class HubFailoverTest {
    private static final int AWAY_SECONDS = Integer.getInteger("fengsui.away", 40);

    @TempDir
    Path data;

    @Test
    void survivesADatabaseThatIsFrozenInAStorm() throws Exception {
        DatabaseSettings.PostgresServer made = TestPostgres.database();
        DatabaseSettings.PostgresServer database =
                new DatabaseSettings.PostgresServer(made.url(), made.user(), null, Duration.ofSeconds(2), writers());
        try (TestTown town = new TestTown(TestPostgres.settings(data, database));
                TestEdge edge = new TestEdge("edge-1", town.time)) {
            for (int i = 0; i < 500; i++) {
                edge.record(town.begun("edge-1", "safety.intrusion", "before/" + i % 50));
            }
            edge.serve(town.hub.port());
            edge.sendAll();
            edge.awaitAcknowledged();
            for (int i = 0; i < 500; i++) {
                edge.record(town.begun("edge-1", "safety.intrusion", "during/" + i % 50));
            }
            List<Long> frozen = signal("STOP");
            try {
                edge.send(Lane.URGENT, 500);
                edge.await(message -> message.hasRefusal() || message.equals(FromHub.getDefaultInstance()));
                assertThat(edge.acknowledged(Lane.URGENT)).isEqualTo(500);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> town.hub.shards().isFailing());
                // Alive, so that nobody starts it anew for its database's sake; not ready, so that nobody sends work
                // here.
                await().during(Duration.ofSeconds(AWAY_SECONDS))
                        .atMost(Duration.ofSeconds(AWAY_SECONDS + 60))
                        .until(() -> town.hub.shards().isFailing()
                                && status(town, "/healthz") == 200
                                && status(town, "/readyz") == 503);
            } finally {
                send("CONT", frozen);
            }
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        town.hub.tick();
                        return edge.serve(town.hub.port());
                    });
            edge.send(Lane.URGENT, 500);
            edge.awaitAcknowledged();
            assertThat(edge.acknowledged(Lane.URGENT)).isEqualTo(1_000);
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE kind = 'safety.intrusion'"))
                    .isEqualTo(1_000);
            assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'safety.intrusion'"))
                    .isEqualTo(100);
            assertThat(town.count("SELECT COUNT(*) FROM journal WHERE kind = 'record'"))
                    .isEqualTo(1_000);
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
        }
    }

    private static int status(TestTown town, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + town.hub.port() + path);
        HttpRequest asked =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(asked, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    int writers() {
        return 1;
    }

    /** To the test's own server and its children. */
    private static List<Long> signal(String name) throws IOException, InterruptedException {
        List<Long> processes = TestPostgres.processes();
        send(name, processes);
        return processes;
    }

    private static void send(String name, List<Long> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process)));
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }
}
