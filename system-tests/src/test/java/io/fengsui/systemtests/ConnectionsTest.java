package io.fengsui.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fengsui.fieldsim.camera.CameraSettings;
import io.fengsui.fieldsim.camera.RtspServer;
import io.fengsui.fieldsim.sensor.EmbeddedBroker;
import io.fengsui.systemtests.site.Reactor;
import io.fengsui.systemtests.site.Scenes;
import io.fengsui.systemtests.site.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing calls out: every connection that a program asks the kernel for ends on this machine. */
class ConnectionsTest {
    private static final Path STRACE = Path.of("/usr/bin/strace");

    @TempDir
    private Path folder;

    @Test
    @Tag("slow")
    void neitherProgramNorTheVisionWorkerCallsOut() throws Exception {
        assumeThat(STRACE).isExecutable();
        Path ofHub = folder.resolve("hub.trace");
        Path ofAgent = folder.resolve("agent.trace");
        try (RtspServer cameras = RtspServer.start(0);
                EmbeddedBroker broker = EmbeddedBroker.start(0);
                Site site = new Site(folder, Site.Tokens.NONE)) {
            cameras.add(CameraSettings.named("gate").live(), Scenes.quiet());
            site.configure("""
                    vision: {models: "%s", infer-threads: 1}
                    brokers: [{name: village, uri: "mqtt://127.0.0.1:%d"}]
                    sensors:
                      - {id: smoke-1, topic: smoke/1, quantity: smoke, state: {pointer: /smoke}}
                    cameras:
                      - {id: gate, rtsp: {uri: "%s"}}
                    """.formatted(Reactor.models(), broker.port(), cameras.uri("gate")));
            site.startHub(trace(ofHub));
            site.startAgent(trace(ofAgent));
            site.awaitMetric(1, "edge_mqtt_connected");
            site.awaitMetric(1, "edge_uplink_connected");
            site.awaitMetric(3, "edge_vision_inferred_frames_total");
        }
        assertThat(calls(ofHub)).allMatch(ConnectionsTest::isHere);
        assertThat(calls(ofAgent))
                .allMatch(ConnectionsTest::isHere)
                .anyMatch(line -> line.contains("127.0.0.1"))
                .anyMatch(line -> line.contains("AF_UNIX"));
    }

    private static String[] trace(Path file) {
        return new String[] {STRACE.toString(), "-f", "-q", "-e", "trace=connect,sendto", "-o", file.toString()};
    }

    /** Connections and datagrams that name an address. */
    private static List<String> calls(Path file) throws Exception {
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains("sa_family="))
                .toList();
    }

    private static boolean isHere(String line) {
        return line.contains("AF_UNIX")
                || line.contains("inet_addr(\"127.")
                || line.contains("\"::1\"")
                || line.contains("\"::ffff:127.");
    }
}
