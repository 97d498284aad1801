package io.fengsui.hub.config;

import io.fengsui.settings.Problems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration for a start: the files as they are, or, when they are bad and there was a start before, as
 * they were when they were last good, so that a typo does not silence a hub.
 */
public final class HubConfig {
    private static final Logger LOG = LoggerFactory.getLogger(HubConfig.class);

    private HubConfig() {}

    /**
     * @param settings null when there is nothing to start with
     * @param problems of the files as they are; with settings: what runs is the last good configuration
     */
    public record Outcome(@Nullable HubSettings settings, Problems problems) {
        public boolean isLastGood() {
            return settings != null && !problems.isEmpty();
        }
    }

    /** Reads the files, changes nothing. */
    public static Outcome check(Path file, Function<String, @Nullable String> environment) {
        Problems problems = new Problems();
        Optional<HubSettings> settings = new HubConfigReader(ConfigFiles.onDisk(environment), problems).read(file);
        return new Outcome(problems.isEmpty() ? settings.orElse(null) : null, problems);
    }

    /** Reads for a start; keeps what is good. {@code data} is where it was kept before, if the file does not say. */
    public static Outcome load(Path file, Function<String, @Nullable String> environment) {
        Problems problems = new Problems();
        ConfigFiles files = ConfigFiles.onDisk(environment);
        Optional<HubSettings> settings = new HubConfigReader(files, problems).read(file);
        if (problems.isEmpty() && settings.isPresent()) {
            LastGood.of(settings.get().data()).keep(files.content());
            return new Outcome(settings.get(), problems);
        }
        return new Outcome(lastGood(file, environment), problems);
    }

    private static @Nullable HubSettings lastGood(Path file, Function<String, @Nullable String> environment) {
        Path data = ConfigFiles.onDisk(environment)
                .open(file, new Problems())
                .map(map -> map.path("data", "data"))
                .orElseGet(() -> file.toAbsolutePath().resolveSibling("data"));
        Map<Path, byte[]> kept = LastGood.of(data).read();
        if (kept.isEmpty()) {
            return null;
        }
        Problems problems = new Problems();
        Optional<HubSettings> settings =
                new HubConfigReader(ConfigFiles.asOnce(kept, environment), problems).read(file);
        if (!problems.isEmpty()) {
            LOG.error("the last good configuration cannot be used any more:\n{}", problems);
            return null;
        }
        return settings.orElse(null);
    }
}
