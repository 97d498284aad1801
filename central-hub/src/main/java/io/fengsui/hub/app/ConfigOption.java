package io.fengsui.hub.app;

import io.fengsui.hub.config.HubConfig;
import io.fengsui.hub.config.HubSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
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

    /** The settings of the file as it is; null when it is bad, which has been said then. */
    @Nullable
    HubSettings settings(CommandLine line) {
        return orSay(HubConfig.check(file, System::getenv), line);
    }

    /** The settings; null when there are none, and what is wrong has been said. */
    static @Nullable HubSettings orSay(HubConfig.Outcome outcome, CommandLine line) {
        if (outcome.settings() == null) {
            PrintWriter err = line.getErr();
            err.println(outcome.problems());
            err.flush();
        }
        return outcome.settings();
    }
}
