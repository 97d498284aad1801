package io.fengsui.edge.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileReaderTest {
    @TempDir
    Path folder;

    @Test
    void showsWhereAnExpressionIsWrong() {
        String text = """
                profiles:
                  - id: own.level
                    messages:
                      - topic: "a/{device}"
                        readings:
                          - {quantity: level, value: "payload.x +", unit: m}
                """;
        Problems problems = new Problems();
        List<Profile> read = ProfileReader.read(
                SettingsFile.parse("own.yaml", text, problems).orElseThrow());
        assertThat(read).isEmpty();
        assertThat(problems.toString())
                .contains("own.yaml:6")
                .contains("payload.x +\n")
                .contains("^");
    }

    @Test
    void tellsOfEverythingAtOnce() {
        String text = """
                profiles:
                  - id: own.level
                    messages:
                      - topic: "a/#/b"
                        each: "x"
                        readings:
                          - {quantity: level, pointer: /x, unit: furlong}
                          - {quantity: level, unit: m}
                          - {quantity: smoke, pointer: /x}
                          - {quantity: v, pointer: /x, unit: m, range: [2, 1]}
                          - {quantity: w, pointer: /x, unit: m, scael: 2}
                """;
        Problems problems = new Problems();
        ProfileReader.read(SettingsFile.parse("own.yaml", text, problems).orElseThrow());
        assertThat(problems.count()).isGreaterThanOrEqualTo(7);
        assertThat(problems.toString()).contains("'scale'").contains("furlong").contains("[least, most]");
    }

    @Test
    void addsThoseOfAFolderAndRefusesASecondOfOneName() throws IOException {
        Files.writeString(folder.resolve("own.yaml"), """
                profiles:
                  - id: own.level
                    messages: [{topic: a, readings: [{quantity: level, pointer: /x, unit: m}]}]
                  - id: frigate.events
                    messages: [{topic: a, readings: [{quantity: level, pointer: /x, unit: m}]}]
                """);
        Problems problems = new Problems();
        ProfileLibrary library = ProfileLibrary.with(folder, problems);
        assertThat(library.find("own.level")).isPresent();
        assertThat(library.ids()).contains("zigbee2mqtt.smoke");
        assertThat(problems.toString()).contains("there is a profile 'frigate.events' already");
    }
}
