package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.fieldsim.sensor.SimulatedLoudspeaker;
import io.fengsui.runtime.TimeSource;
import io.fengsui.systemtests.site.Publisher;
import io.fengsui.systemtests.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loudspeaker on the pole speaks while no hub is there, and on a disk that another process keeps full; later all of it is told. */
class ActionsTest {
    private static final Logger LOG = LoggerFactory.getLogger(ActionsTest.class);
    private static final int SENSORS = 20;

    @TempDir
    private Path folder;

    private Path disk;
    private Path spoken;
    private EmbeddedBroker broker;
    private SimulatedLoudspeaker loudspeaker;
    private Publisher publisher;
    private Site site;

    @BeforeEach
    void start() throws Exception {
        disk = Files.createDirectory(folder.resolve("edge-data"));
        spoken = folder.resolve("spoken.txt");
        broker = EmbeddedBroker.start(0);
        loudspeaker = new SimulatedLoudspeaker(broker.uri(), null, "speaker/#", spoken, TimeSource.system());
        publisher = new Publisher(broker.uri(), null);
        StringBuilder sensors = new StringBuilder("sensors:\n");
        for (int i = 0; i < SENSORS; i++) {
            sensors.append(
                    "  - {id: s-%1$d, topic: smoke/%1$d, quantity: smoke, state: {pointer: /smoke}}%n".formatted(i));
        }
        site = new Site(folder, Site.Tokens.NONE);
        site.configure("""
                vision: {enabled: false}
                brokers: [{name: village, uri: "mqtt://127.0.0.1:%d"}]
                rules:
                  - {id: smoke, kind: fire.smoke, severity: critical, state: {quantity: smoke}}
                actions:
                  - {name: speak, kinds: [fire.smoke], broker: village, topic: speaker/pole, text: "{source}", cool-down: 0s}
                """.formatted(broker.port()), sensors.toString());
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
        publisher.close();
        loudspeaker.close();
        broker.close();
        run("umount", "-l", disk.toString());
    }

    private static boolean run(String... command) throws InterruptedException, IOException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Each sensor alarms, one after the other was spoken of; how long each took is logged. */
    private void alarmsAreSpoken() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < SENSORS; i++) {
            int count = i + 1;
            Instant said = Instant.now();
            publisher.say("smoke/" + i, "{\"smoke\": true}");
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.readAllLines(spoken).size() >= count);
            String line = Files.readAllLines(spoken).get(i);
            assertThat(line).endsWith(" speaker/pole s-" + i);
            took.add(Duration.between(said, Instant.parse(line.split(" ", 2)[0])));
        }
        Collections.sort(took);
        LOG.info(
                "from the sensor's message to the loudspeaker: p50 {}, longest {}",
                took.get(SENSORS / 2),
                took.getLast());
        site.awaitMetric(SENSORS, "edge_actions_total", "outcome=\"done\"");
        assertThat(Files.readAllLines(spoken)).hasSize(SENSORS);
    }

    /** The hub comes at last: it hears of every alarm and of every action. */
    private void theHubHearsOfAll() throws Exception {
        site.startHub();
        site.awaitTickets("fire.smoke", SENSORS);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> site.hubPages()
                                .items("/api/v1/events?limit=200&kind=action.done")
                                .size(),
                        count -> count == SENSORS);
    }

    @Test
    void theLoudspeakerSpeaksWhileThereIsNoHub() throws Exception {
        site.startAgent();
        site.awaitMetric(1, "edge_mqtt_connected");
        alarmsAreSpoken();
        assertThat(site.agentPages().metric("edge_uplink_connected")).isZero();
        assertThat(site.agentCommand("why", "--sensor", "s-0").said()).contains("rule smoke", "active");
        assertThat(site.agentCommand("rules", "replay", "--since", "1h").said())
                .contains("smoke: would have fired 20, was 20");
        theHubHearsOfAll();
    }

    @Test
    void andOnADiskThatIsFull() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString()),
                "a file system cannot be mounted here: root is needed");
        site.startAgent();
        site.awaitMetric(1, "edge_mqtt_connected");
        Path foreign = disk.resolve("foreign");
        Process greedy = new ProcessBuilder(
                        "sh", "-c", "while :; do cat /dev/zero >> '" + foreign + "'; sleep 0.02; done")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.getFileStore(disk).getUsableSpace() == 0);
            alarmsAreSpoken();
            assertThat(site.agentPages().metric("edge_uplink_connected")).isZero();
            await().atMost(Duration.ofSeconds(60)).until(() -> site.agentPages().metric("edge_spool_healthy") == 0);
        } finally {
            greedy.descendants().forEach(ProcessHandle::destroyForcibly);
            greedy.destroyForcibly().waitFor();
        }
        Files.delete(foreign);
        site.awaitMetric(1, "edge_spool_healthy");
        theHubHearsOfAll();
    }
}
