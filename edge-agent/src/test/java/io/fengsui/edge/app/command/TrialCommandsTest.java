package io.fengsui.edge.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code rules test} and {@code sensor test} as a person uses them. */
class TrialCommandsTest {
    private static final String REFERENCE = "../config/edge-agent.yaml";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(args);
    }

    @Test
    void theTestsOfTheReferenceHold() {
        assertThat(execute("rules", "test", "../config/edge-agent.test.yaml")).isZero();
        assertThat(out.toString()).contains("11 held, 0 failed");
    }

    @Test
    void aTestThatFailsSaysWhyAndAWrongFileWhere() throws IOException {
        Path config = Path.of(REFERENCE).toAbsolutePath().normalize();
        Path failing = folder.resolve("failing.yaml");
        Files.writeString(failing, """
                config: %s
                tests:
                  - name: no flood
                    readings: [{sensor: river-1, quantity: level, every: 1s, values: "3x20"}]
                """.formatted(config));
        assertThat(execute("rules", "test", failing.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("FAILED failing.yaml: no flood").contains("not expected: river-high BEGUN");
        Path wrong = folder.resolve("wrong.yaml");
        Files.writeString(wrong, "config: %s\ntests: [{name: x, readngs: []}]\n".formatted(config));
        assertThat(execute("rules", "test", wrong.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("wrong.yaml:2").contains("'readings'");
    }

    @Test
    void aMessageIsShownWithItsReadingsAndTheRulesThatWouldFire() throws IOException {
        Path payload = folder.resolve("payload.json");
        Files.writeString(payload, "{\"water_leak\":true,\"battery\":300}\n");
        int status = execute(
                "sensor",
                "-c",
                REFERENCE,
                "test",
                "-p",
                "zigbee2mqtt.leak",
                "--payload",
                payload.toString(),
                "--topic",
                "zigbee2mqtt/12号户/厨房水浸");
        assertThat(status).as("a part of it was refused").isEqualTo(1);
        assertThat(out.toString())
                .contains("reading of 12号户/厨房水浸: leak = 1.0  live")
                .contains("REFUSED of 12号户/厨房水浸: battery of 3.0 ratio")
                .contains("rule leak (leak-kitchen-12): FIRES at once: MAJOR");
    }

    @Test
    void anUnknownProfileIsAMistakeOfTheCommandLine() throws IOException {
        Path payload = Files.writeString(folder.resolve("p"), "1");
        assertThat(execute("sensor", "test", "-p", "nothing", "--payload", payload.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'edge-agent sensor profiles' lists them");
    }

    @Test
    void allProfilesAreListed() {
        assertThat(execute("sensor", "profiles")).isZero();
        assertThat(out.toString()).contains("frigate.events").contains("烟感");
    }
}
