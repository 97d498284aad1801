package io.fengsui.edge.app.command;

import io.fengsui.settings.Problems;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edge-agent check-config}. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        description = "Says everything that is wrong with the configuration, and what to write instead.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CheckConfigCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Problems problems = config.store().check();
        if (problems.isEmpty()) {
            spec.commandLine().getOut().println(config.file() + " is good");
            return 0;
        }
        spec.commandLine().getErr().println(problems);
        return 2;
    }
}
