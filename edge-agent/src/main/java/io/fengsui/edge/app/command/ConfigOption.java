package io.fengsui.edge.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.edge.config.ConfigurationStore;
import io.fengsui.edge.config.ModelProbe;
import io.fengsui.edge.control.ControlClient;
import io.fengsui.edge.control.ControlReply;
import io.fengsui.edge.control.ControlRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
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

    /** What to do with the running agent's answer. */
    interface OnDone {
        void accept(JsonNode body, PrintWriter out) throws IOException;
    }

    /**
     * Asks the agent that runs with this file.
     *
     * @return the exit status: {@code refused} where the agent says no, and why
     */
    int ask(ControlRequest request, CommandLine line, int refused, OnDone onDone) throws IOException {
        switch (new ControlClient(store().dataDirectory()).ask(request)) {
            case ControlReply.Done done -> {
                onDone.accept(done.body(), line.getOut());
                return 0;
            }
            case ControlReply.Refused no -> {
                line.getErr().println(no.reason());
                return refused;
            }
        }
    }
}
