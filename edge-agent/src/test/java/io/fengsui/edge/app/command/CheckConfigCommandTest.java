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

/** {@code check-config} as a person uses it, on files that are good. */
class CheckConfigCommandTest {
    @TempDir
    Path folder;

    private String said(String text) throws IOException {
        StringWriter out = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        Path file = Files.writeString(folder.resolve("edge-agent.yaml"), text);
        int status = line.execute("check-config", "-c", file.toString());
        assertThat(status).as(out.toString()).isZero();
        return out.toString();
    }

    /** Of two boxes of a group each hears some of a sensor's messages: both would tell that it is silent, and it is not. */
    @Test
    void silenceThatABoxOfAGroupCannotHearIsWarnedOf() throws IOException {
        String text = """
                edge: {id: edge-1, site: village}
                hub: {address: "127.0.0.1:8600"}
                vision: {enabled: false}
                brokers:
                  - {name: shared, uri: "mqtt://127.0.0.1:1883", share-group: village}
                  - {name: own, uri: "mqtt://127.0.0.1:1884", client-id: other}
                sensors:
                  - {id: a, broker: own, topic: a, quantity: smoke, state: {pointer: /smoke}, silent-after: 1h}
                  - {id: b, broker: shared, topic: b, quantity: smoke, state: {pointer: /smoke}, silent-after: 1h}
                  - {id: c, broker: shared, topic: c, quantity: smoke, state: {pointer: /smoke}, silent-after: 0s}
                """;
        assertThat(said(text)
                        .lines()
                        .filter(line -> line.startsWith("warning: "))
                        .toList())
                .singleElement()
                .asString()
                .contains("edge-agent.yaml: sensors[1].silent-after: ")
                .contains("'b'", "'shared'", "'village'", "3600 s", "write 0s");
        assertThat(said(text.replace(", share-group: village", ""))).doesNotContain("silent-after");
    }
}
