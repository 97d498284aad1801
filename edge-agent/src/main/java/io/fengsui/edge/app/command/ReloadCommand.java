package io.fengsui.edge.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.edge.control.ControlReply;
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
        return switch (config.client().ask(new ControlRequest.Reload())) {
            case ControlReply.Done done -> {
                spec.commandLine().getOut().println("the configuration is in force");
                for (JsonNode section : done.body().path("needsRestart")) {
                    spec.commandLine().getOut().println("needs a restart: " + section.asText());
                }
                yield 0;
            }
            case ControlReply.Refused refused -> {
                spec.commandLine().getErr().println(refused.reason());
                yield 2;
            }
        };
    }
}
