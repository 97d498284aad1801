package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.fieldsim.disk.SmallDisk;
import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.systemtests.site.Program.Outcome;
import io.fengsui.systemtests.site.Publisher;
import io.fengsui.systemtests.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent starts on a disk that takes nothing, does its work from memory, and goes on when the disk is well again. */
class ShutDiskTest {
    private static final String ALARM = "{\"smoke\": true}";
    private static final List<String> SENSORS = List.of("before", "during", "after");

    @TempDir
    private Path folder;

    private final List<String> expected = new ArrayList<>();
    private SmallDisk disk;
    private EmbeddedBroker broker;
    private Publisher publisher;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(SmallDisk.Kind.TMPFS, folder.resolve("edge-data"), 40);
        assumeTrue(mounted.isPresent(), "a file system cannot be mounted here: root is needed");
        disk = mounted.get();
        broker = EmbeddedBroker.start(0);
        publisher = new Publisher(broker.uri(), null);
        site = new Site(folder, Site.Tokens.NONE);
        StringBuilder sensors = new StringBuilder("sensors:\n");
        for (String name : SENSORS) {
            sensors.append("  - {id: %1$s, topic: %1$s, quantity: smoke, state: {pointer: /smoke}}%n".formatted(name));
        }
        site.configure("""
                vision: {enabled: false}
                brokers: [{name: village, uri: "mqtt://127.0.0.1:%d"}]
                rules:
                  - {id: smoke, kind: fire.smoke, severity: critical, state: {quantity: smoke}}
                actions:
                  - {name: siren, kinds: [fire.smoke], broker: village, topic: siren/set, text: smoke}
                """.formatted(broker.port()), sensors.toString());
        site.startHub();
    }

    @AfterEach
    void stop() throws Exception {
        if (site != null) {
            site.close();
            publisher.close();
            broker.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    /** An earlier run left an open alarm. */
    private void workBefore() throws Exception {
        startAgent();
        publisher.say("before", ALARM);
        site.awaitTickets("fire.smoke", 1);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> site.agentPages().metric("edge_spool_depth_records", "lane=\"urgent\"") == 0);
        assertThat(site.agentPages().metric("edge_spool_open")).isEqualTo(1);
        expected.add("before");
        site.agent().kill();
    }

    private void startAgent() throws IOException {
        site.startAgent();
        site.awaitMetric(1, "edge_mqtt_connected");
        site.awaitMetric(1, "edge_uplink_connected");
    }

    private List<String> alarmed() throws Exception {
        return site.hubPages().tickets("fire.smoke").stream()
                .map(ticket -> ticket.path("source").path("id").asText())
                .toList();
    }

    @Test
    void onAReadOnlyDisk() throws Exception {
        workBefore();
        assertThat(disk.setReadOnly(true)).isTrue();
        worksFromMemory();
        assertThat(disk.setReadOnly(false)).isTrue();
        worksAgain();
    }

    @Test
    void onAFullDisk() throws Exception {
        workBefore();
        disk.fill();
        worksFromMemory();
        disk.clear();
        worksAgain();
    }

    @Test
    @Tag("slow")
    void onADiskThatIsReadOnlyFromTheFirstStartOn() throws Exception {
        assertThat(disk.setReadOnly(true)).isTrue();
        worksFromMemory();
        assertThat(disk.setReadOnly(false)).isTrue();
        worksAgain();
    }

    private void worksFromMemory() throws Exception {
        startAgent();
        assertThat(site.agentPages().metric("edge_spool_open")).isZero();
        assertThat(site.agentPages().metric("edge_spool_healthy")).isZero();
        publisher.say("during", ALARM);
        expected.add("during");
        site.awaitTickets("fire.smoke", expected.size());
        site.awaitMetric(1, "edge_uplink_volatile_sent_total");
        site.awaitMetric(1, "edge_actions_total", "outcome=\"done\"");
        JsonNode told = site.awaitTickets("health.storage.failed", 1).getFirst();
        assertThat(told.path("source").path("id").asText()).isEqualTo("edge-1");

        // Nothing was acknowledged that is not on the disk: to the next process the broker tells it again.
        site.agent().kill();
        startAgent();
        site.awaitMetric(1, "edge_mqtt_messages_total");
        site.awaitMetric(1, "edge_uplink_volatile_sent_total");
        assertThat(site.agentPages().metric("edge_spool_open")).isZero();
        assertThat(alarmed()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private void worksAgain() throws Exception {
        site.awaitMetric(1, "edge_spool_open");
        site.awaitMetric(1, "edge_spool_healthy");
        site.awaitMetric(1, "edge_uplink_connected");
        publisher.say("after", ALARM);
        expected.add("after");
        site.awaitTickets("fire.smoke", expected.size());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> site.agentPages().metric("edge_spool_held_slots") == 0
                        && site.agentPages().metric("edge_spool_depth_records", "lane=\"urgent\"") == 0);
        assertThat(alarmed()).containsExactlyInAnyOrderElementsOf(expected);
        Outcome status = site.agentCommand("status");
        assertThat(status.said()).contains("\"open\" : true");
        assertThat(status.status()).isZero();
    }
}
