package io.fengsui.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The configuration that comes with the hub, and its schema. */
final class ReferenceFiles {
    static final Path FOLDER = Path.of("../config");

    private ReferenceFiles() {}

    /** Puts what every hub needs beside a configuration of one's own, and says where that is to be. */
    static Path copiedTo(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("workflows"));
        for (String name : new String[] {"ticket-policy.yaml", "workflows/nine-step.yaml"}) {
            Files.copy(FOLDER.resolve(name), folder.resolve(name));
        }
        return folder.resolve("central-hub.yaml");
    }

    static HubSettings good(HubConfig.Outcome outcome) {
        assertThat(outcome.problems().list()).isEmpty();
        return Objects.requireNonNull(outcome.settings());
    }

    static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(FOLDER.resolve("central-hub.schema.json")), InputFormat.JSON);
    }

    static String json(Path file) throws IOException {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return new ObjectMapper().writeValueAsString(tree);
    }
}
