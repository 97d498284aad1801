package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that begins with the configuration, and ends there when it is bad. */
abstract class ConfiguredCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ConfigOption config;

    @Override
    public Integer call() {
        HubSettings settings = config.settings(spec.commandLine());
        if (settings == null) {
            return ConfigOption.BAD;
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            return run(settings, out, err);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** Its exit status. */
    abstract int run(HubSettings settings, PrintWriter out, PrintWriter err);

    ConfigOption config() {
        return config;
    }
}
