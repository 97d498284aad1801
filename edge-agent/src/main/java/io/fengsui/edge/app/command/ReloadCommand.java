package io.fengsui.edge.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.edge.control.ControlRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edge-agent reload}. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description = "Has the running agent read its configuration again; what did not change goes on undisturbed.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReloadCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return config.ask(new ControlRequest.Reload(), spec.commandLine(), 2, (body, out) -> {
            out.println("the configuration is in force");
            for (JsonNode section : body.path("needsRestart")) {
                out.println("needs a restart: " + section.asText());
            }
        });
    }
}
