package io.fengsui.fieldsim.app;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a scenario from YAML (or JSON, which is YAML too). */
final class ScenarioFile {
    private static final String TOWN = "town.yaml";
    private static final int MAX_CODE_POINTS = 1 << 20;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private ScenarioFile() {}

    /** The scenario of this file; without a file the town that comes with the program. */
    static Scenario read(@Nullable Path file) throws IOException {
        String name = file == null ? TOWN : file.toString();
        try (InputStream in =
                file == null ? ScenarioFile.class.getResourceAsStream(TOWN) : Files.newInputStream(file)) {
            if (in == null) {
                throw new IOException("the program lacks its scenario " + TOWN);
            }
            return parse(name, in);
        }
    }

    static Scenario parse(String name, InputStream in) throws IOException {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(name)
                    .setCodePointLimit(MAX_CODE_POINTS)
                    .build();
            Object tree = new Load(settings).loadFromInputStream(in);
            return MAPPER.convertValue(tree, Scenario.class);
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw new IOException("scenario " + name + ": " + e.getMessage(), e);
        }
    }
}
