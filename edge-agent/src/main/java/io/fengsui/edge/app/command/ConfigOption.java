package io.fengsui.edge.app.command;

import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.edge.config.ModelProbe;
import io.fengsui.edge.control.ControlClient;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which configuration file is meant: an option of every command. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration file (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("config/edge-agent.yaml");

    Path file() {
        return file;
    }

    ConfigurationStore store() {
        return new ConfigurationStore(file, ModelProbe.FULL, System::getenv);
    }

    /** Talks to the agent that runs with this file. */
    ControlClient client() {
        return new ControlClient(store().dataDirectory());
    }
}
