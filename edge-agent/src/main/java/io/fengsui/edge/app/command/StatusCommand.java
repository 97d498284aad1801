package io.fengsui.edge.app.command;

import io.fengsui.edge.control.ControlRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edge-agent status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Asks the running agent how its cameras, sensors, spool and hub are; answers JSON.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return config.ask(
                new ControlRequest.Status(), spec.commandLine(), 1, (body, out) -> out.println(body.toPrettyString()));
    }
}
