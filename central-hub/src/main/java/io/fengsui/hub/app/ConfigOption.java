package io.fengsui.hub.app;

import io.fengsui.hub.config.HubConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which configuration file is meant: an option of every command that needs one. */
final class ConfigOption {
    /** Exit status when the configuration cannot be used. */
    static final int BAD = 2;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration file (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("config/central-hub.yaml");

    Path file() {
        return file;
    }

    /** For a start: the last good configuration if this one is bad. */
    HubConfig.Outcome load() {
        return HubConfig.load(file, System::getenv);
    }

    /** The file as it is. */
    HubConfig.Outcome check() {
        return HubConfig.check(file, System::getenv);
    }
}
