package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.systemtests.site.Program;
import io.fengsui.systemtests.site.Publisher;
import io.fengsui.systemtests.site.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Programs that die or are told to end while sensors publish: each alarm is one ticket afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartTest {
    /** Each test has this many sensors of its own. */
    private static final int SENSORS = 20;

    private static final List<String> GROUPS = List.of("kill", "again", "end");
    private static final String ALARM = "{\"smoke\": true}";

    private EmbeddedBroker broker;
    private Publisher publisher;
    private Site site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = EmbeddedBroker.start(0);
        site = new Site(folder, Site.Tokens.NONE);
        StringBuilder sensors = new StringBuilder("sensors:\n");
        for (String group : GROUPS) {
            for (int i = 0; i < SENSORS; i++) {
                sensors.append("  - {id: %1$s-%2$d, topic: %1$s/%2$d, quantity: smoke, state: {pointer: /smoke}}%n"
                        .formatted(group, i));
            }
        }
        site.configure("""
                vision: {enabled: false}
                brokers: [{name: village, uri: "mqtt://127.0.0.1:%d"}]
                rules:
                  - {id: smoke, kind: fire.smoke, severity: critical, state: {quantity: smoke}}
                """.formatted(broker.port()), sensors.toString());
        site.startHub();
        site.startAgent();
        site.awaitMetric(1, "edge_mqtt_connected");
        site.awaitMetric(1, "edge_uplink_connected");
        publisher = new Publisher(broker.uri(), null);
    }

    @AfterAll
    void stop() throws Exception {
        if (publisher != null) {
            publisher.close();
        }
        site.close();
        broker.close();
    }

    /** Each of these sensors says twice that there is smoke. */
    private void alarm(String group, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            publisher.say(group + "/" + i, ALARM);
            publisher.say(group + "/" + i, ALARM);
        }
    }

    private List<JsonNode> tickets(String group) throws Exception {
        return site.hubPages().tickets("fire.smoke").stream()
                .filter(ticket -> ticket.path("source").path("id").asText().startsWith(group))
                .toList();
    }

    private void awaitTickets(String group, int count) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> tickets(group).size() >= count);
    }

    /** Each of these sensors has exactly one ticket, once nothing is under way any more. */
    private void assertOneTicketEach(String group, int sensors) throws Exception {
        awaitTickets(group, sensors);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> site.agentPages().metric("edge_spool_depth_records", "lane=\"urgent\"") == 0);
        List<JsonNode> tickets = tickets(group);
        assertThat(tickets)
                .extracting(ticket -> ticket.path("source").path("id").asText())
                .containsExactlyInAnyOrder(IntStream.range(0, sensors)
                        .mapToObj(i -> group + "-" + i)
                        .toArray(String[]::new));
        assertThat(tickets).extracting(ticket -> ticket.path("number").asText()).doesNotHaveDuplicates();
    }

    @Test
    void aHubThatIsKilledAndAnAgentThatIsKilledLoseAndDoubleNothing() throws Exception {
        alarm("kill", 0, 4);
        awaitTickets("kill", 1);
        site.hub().kill();
        alarm("kill", 4, 10);
        site.startHub();
        assertOneTicketEach("kill", 10);

        alarm("kill", 10, 15);
        site.agent().kill();
        alarm("kill", 15, SENSORS);
        site.startAgent();
        assertOneTicketEach("kill", SENSORS);
        assertLibraryLiesWith(site.hub(), "hub-data");
        assertLibraryLiesWith(site.agent(), "edge-data");
    }

    /** Who is killed leaves a library behind wherever it was unpacked: in one place, not in a new one at each start. */
    private void assertLibraryLiesWith(Program program, String data) throws Exception {
        String pid = String.valueOf(program.processes().getFirst().pid());
        assertThat(Files.readAllLines(Path.of("/proc", pid, "maps")))
                .filteredOn(line -> line.endsWith("sqlitejdbc.so"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(data + "/native/libsqlitejdbc.so"));
    }

    @Test
    void whatTheBrokerDeliversAgainMakesNoSecondTicket() throws Exception {
        alarm("again", 0, 10);
        awaitTickets("again", 10);
        // A stopped process reads nothing, so these are on their way and not acknowledged when it dies.
        String agent = String.valueOf(site.agent().processes().getFirst().pid());
        new ProcessBuilder("kill", "-STOP", agent).start().waitFor();
        alarm("again", 0, SENSORS);
        site.agent().kill();
        site.startAgent();
        assertOneTicketEach("again", SENSORS);
        // All of the second round came to the new process, as a repetition or for the first time.
        site.awaitMetric(2.0 * SENSORS, "edge_mqtt_messages_total");
    }

    @Test
    void programsThatAreToldToEndDoSoInTimeAndLoseNothing() throws Exception {
        alarm("end", 0, 7);
        site.hub().terminate();
        assertThat(site.hub().awaitEnd(10)).isIn(0, 143);
        alarm("end", 7, 14);
        site.agent().terminate();
        assertThat(site.agent().awaitEnd(10)).isIn(0, 143);
        alarm("end", 14, SENSORS);
        site.startHub();
        site.startAgent();
        assertOneTicketEach("end", SENSORS);
    }
}
