package io.fengsui.fieldsim.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ScenarioFileTest {
    private static Scenario parse(String yaml) throws IOException {
        return ScenarioFile.parse("test.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theTownHasEightCamerasAndADozenSensors() throws IOException {
        Scenario town = ScenarioFile.read(null);
        assertThat(town.cameras()).hasSize(8);
        assertThat(town.sensors()).hasSize(12);
        assertThat(town.cameras().stream().filter(camera -> camera.diesAt() != null))
                .hasSize(1);
        assertThat(town.sensors().stream().filter(sensor -> sensor.alarm() != null))
                .hasSize(4);
    }

    @Test
    void namesAnUnknownKey() {
        assertThatThrownBy(() -> parse("camera: []"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("test.yaml")
                .hasMessageContaining("\"camera\"");
    }

    @Test
    void refusesTwoOfOneId() {
        assertThatThrownBy(() -> parse("cameras: [{id: a, place: 1}, {id: a, place: 2}]"))
                .hasMessageContaining("'a'");
    }

    @Test
    void refusesWhatIsNoYaml() {
        assertThatThrownBy(() -> parse("cameras: ["))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("test.yaml");
    }
}
