package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.systemtests.site.Program;
import io.fengsui.systemtests.site.Program.Outcome;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration files at a start, and the commands that check things before one. */
class ConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void theAgentsFirstStartWithABadFileNamesEveryProblemAndEndsWithTwo() throws Exception {
        try (Site site = new Site(folder, Site.Tokens.NONE)) {
            site.configure("""
                    visionn: {enabled: false}
                    cameras:
                      - {id: gate, rtsp: {uri: "http://127.0.0.1/"}}
                    sensors:
                      - {id: "smoke 1", topic: smoke/1, quantity: smoke, state: {pointer: /smoke}}
                    """);
            Outcome outcome = site.agentCommand("run");
            assertThat(outcome.status()).as(outcome.said()).isEqualTo(2);
            assertThat(outcome.said())
                    .containsPattern("edge-agent\\.yaml:5:1: visionn: unknown key")
                    .containsPattern("edge-agent\\.yaml:7:\\d+: cameras\\[0]\\.rtsp\\.uri: ")
                    .containsPattern("edge-agent\\.yaml:9:\\d+: sensors\\[0]\\.");
        }
    }

    @Test
    void aBadFileAtALaterStartLeavesTheLastGoodOneRunning() throws Exception {
        try (Site site = new Site(folder, Site.Tokens.NONE)) {
            site.configure("vision: {enabled: false}\n");
            site.startHub();
            site.startAgent();
            site.agent().terminate();
            site.agent().awaitEnd(10);
            site.configure("vision: {enabled: perhaps}\n");
            site.startAgent();
            assertThat(site.agent().log()).containsPattern("edge-agent\\.yaml:5:19: vision\\.enabled: ");
            assertThat(site.awaitTickets("health.configuration.refused", 1)).hasSize(1);

            site.hub().terminate();
            site.hub().awaitEnd(10);
            Files.writeString(site.hubFile(), "listenn: {}\n", StandardOpenOption.APPEND);
            site.startHub();
            assertThat(site.hub().log()).contains("the last good one runs").contains("listenn");
            assertThat(site.awaitTickets("health.configuration.refused", 2))
                    .extracting(ticket -> ticket.path("severity").asText())
                    .containsOnly("critical");
        }
    }

    @Test
    void theHubsFirstStartWithABadFileNamesEveryProblemAndEndsWithTwo() throws Exception {
        Path file = Files.writeString(folder.resolve("hub.yaml"), "listenn: {}\ntime-zone: Mars/Olympus\ndata: data\n");
        Outcome outcome = Program.run(Reactor.HUB, folder, "run", "--config", file.toString());
        assertThat(outcome.status()).as(outcome.said()).isEqualTo(2);
        assertThat(outcome.said())
                .containsPattern("hub\\.yaml:1:1: listenn: ")
                .containsPattern("hub\\.yaml:2:12: time-zone: ");
    }

    @Test
    void theFilesThatComeWithTheProgramsAreGood() throws Exception {
        Path config = Reactor.root().resolve("config");
        for (String module : new String[] {Reactor.AGENT, Reactor.HUB}) {
            String file = config.resolve(module + ".yaml").toString();
            Outcome outcome = Program.run(module, folder, "check-config", "--config", file);
            assertThat(outcome.status()).as(outcome.said()).isZero();
        }
    }

    @Test
    void theModelThatComesWithTheAgentFindsWhatItMust() throws Exception {
        Outcome outcome = Program.run(
                Reactor.AGENT,
                folder,
                "model",
                "verify",
                "nanodet-g",
                "--models",
                Reactor.models().toString());
        assertThat(outcome.status()).as(outcome.said()).isZero();
    }
}
