package io.fengsui.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.edge.app.command.Main;
import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.TimeSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands about the spool, while no agent runs. */
class SpoolCommandTest {
    @TempDir
    private Path folder;

    private Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void configure() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("edge.yaml"), "edge: {id: edge-1, site: village}\ndata-dir: data\n");
    }

    private int run(String... words) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = new String[4];
        all[0] = "spool";
        all[1] = words[0];
        all[2] = "--config";
        all[3] = folder.resolve("edge.yaml").toString();
        return line.execute(all);
    }

    private String fill(int events) {
        try (Spool spool = Spool.open(SpoolSettings.in(data), TimeSource.system())) {
            for (int i = 0; i < events; i++) {
                spool.append(TestingEvents.slot(TestingEvents.event(Lane.BULK, Phase.BEGUN)));
            }
            spool.commit();
            spool.acknowledge(Lane.BULK, spool.epoch(), 2);
            spool.commit();
            return spool.epoch();
        }
    }

    @Test
    void readsTheFilesWhenNoAgentRuns() throws Exception {
        String epoch = fill(5);
        assertThat(run("stats")).as(err::toString).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("agent").asText()).isEqualTo("not running");
        assertThat(json.path("epoch").asText()).isEqualTo(epoch);
        assertThat(json.path("bulk").path("records").asLong()).isEqualTo(3);
        assertThat(json.path("bulk").path("bytes").asLong()).isPositive();
        assertThat(json.path("urgent").path("records").asLong()).isZero();
    }

    @Test
    void saysThatThereIsNoSpoolAndMakesNone() {
        assertThat(run("stats")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no spool");
        assertThat(data.resolve("spool.db")).doesNotExist();
    }

    @Test
    void renewGivesAnotherEpochUnderWhichWhatWaitsGoesOn() throws Exception {
        String epoch = fill(5);
        assertThat(run("renew")).as(err::toString).isZero();
        try (Spool spool = Spool.open(SpoolSettings.in(data), TimeSource.system())) {
            assertThat(spool.epoch()).isNotEqualTo(epoch);
            assertThat(spool.stats().lane(Lane.BULK).depth()).isGreaterThanOrEqualTo(3);
            assertThat(spool.restored().openEvents()).hasSize(5);
            assertThat(run("renew")).as("while it is in use").isEqualTo(1);
            assertThat(err.toString()).contains("another agent uses");
        }
    }
}
