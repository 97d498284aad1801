package io.fengsui.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.rules.geometry.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateViewsTest {
    @TempDir
    private Path folder;

    private AgentSettings settings(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("edge-agent.yaml"), text);
        return assertAccepted(new ConfigurationStore(file, _ -> Set.of("person"), _ -> null).load());
    }

    private static AgentSettings assertAccepted(ConfigurationStore.Loaded loaded) {
        assertThat(loaded).isInstanceOf(ConfigurationStore.Loaded.Accepted.class);
        return ((ConfigurationStore.Loaded.Accepted) loaded).settings();
    }

    /** Smoke and water change their shape: what looks for them must count also where movement is hidden. */
    @Test
    void whatRulesOfFireAndWaterLookForIsSlowAndNoIntruder() throws IOException {
        AgentSettings settings = settings("""
                edge: {id: edge-1, site: village}
                hub: {address: "127.0.0.1:8600"}
                vision: {enabled: false}
                cameras: [{id: gate, rtsp: {uri: "rtsp://127.0.0.1/1"}}, {id: yard, rtsp: {uri: "rtsp://127.0.0.1/2"}}]
                rules:
                  - {id: smoke, kind: fire.smoke, severity: major, dwell: {cameras: [gate], labels: [person], time: 3s}}
                  - {id: guard, kind: safety.intrusion, severity: major, dwell: {labels: [person], time: 3s}}
                """);
        assertThat(GateViews.interest(settings, settings.cameras().getFirst()).slow())
                .containsExactly("person");
        assertThat(GateViews.interest(settings, settings.cameras().get(1)).slow())
                .isEmpty();
    }

    @Test
    void movementDoesNotCountWhereItIsHiddenNorWhereNobodyIsToSeeAnything() throws IOException {
        AgentSettings settings = settings("""
                edge: {id: edge-1, site: village}
                hub: {address: "127.0.0.1:8600"}
                vision: {enabled: false}
                cameras:
                  - id: gate
                    rtsp: {uri: "rtsp://127.0.0.1/1"}
                    masks:
                      - {id: tree, hides: motion, polygon: [[0, 0], [0.1, 0], [0.1, 0.1]]}
                      - {id: poster, hides: objects, polygon: [[0.2, 0], [0.3, 0], [0.3, 0.1]]}
                      - {id: window, hides: picture, polygon: [[0.4, 0], [0.5, 0], [0.5, 0.1]]}
                """);
        assertThat(GateViews.interest(settings, settings.cameras().getFirst()).hidden())
                .extracting(polygon -> polygon.points().getFirst())
                .containsExactly(new Point(0, 0), new Point(0.4, 0));
    }
}
