package io.fengsui.edge.app.command;

import io.fengsui.edge.app.SpoolReport;
import io.fengsui.edge.control.ControlClient;
import io.fengsui.edge.control.ControlReply;
import io.fengsui.edge.control.ControlRequest;
import io.fengsui.edge.spool.SpoolFigures;
import io.fengsui.edge.spool.repair.RepairReport;
import io.fengsui.edge.spool.store.SpoolException;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edge-agent spool}. */
@Command(
        name = "spool",
        mixinStandardHelpOptions = true,
        description = "Looks after the events on disk that wait for the hub.",
        subcommands = {SpoolCommand.Stats.class, SpoolCommand.Renew.class})
final class SpoolCommand {
    /** {@code edge-agent spool stats}. */
    @Command(
            name = "stats",
            mixinStandardHelpOptions = true,
            description = {
                "Says as JSON how much waits for the hub, how old it is, and how long the room lasts.",
                "Asks the running agent; when none runs, reads the files."
            })
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Stats implements Callable<Integer> {
        @Mixin
        private ConfigOption config;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            Path data = config.store().dataDirectory();
            ControlReply reply;
            try {
                reply = new ControlClient(data).ask(new ControlRequest.Status());
            } catch (IOException e) {
                return ofFiles(data);
            }
            return switch (reply) {
                case ControlReply.Done done -> {
                    say(done.body().path("spool").toPrettyString());
                    yield 0;
                }
                case ControlReply.Refused refused -> {
                    spec.commandLine().getErr().println(refused.reason());
                    yield 1;
                }
            };
        }

        private int ofFiles(Path data) {
            try {
                say(SpoolReport.of(SpoolFigures.read(data), TimeSource.system().wall())
                        .toPrettyString());
                return 0;
            } catch (SpoolException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return 1;
            }
        }

        private void say(String text) {
            spec.commandLine().getOut().println(text);
        }
    }

    /** {@code edge-agent spool renew}. */
    @Command(
            name = "renew",
            mixinStandardHelpOptions = true,
            description = {
                "Gives the spool a new epoch; what waits goes on under it. Stop the agent first.",
                "For a box whose data were copied to another one (the hub refuses both as a fork), and for one whose hub",
                "says that the spool is behind it or that records are gone. The old file is kept beside the new one."
            })
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    static final class Renew implements Callable<Integer> {
        @Mixin
        private ConfigOption config;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            Path data = config.store().dataDirectory();
            try {
                RepairReport report =
                        SpoolFigures.renew(data, TimeSource.system().wall());
                String epoch = SpoolFigures.read(data).epoch();
                spec.commandLine().getOut().println("the epoch is " + epoch + "; the old file is " + report.aside());
                return 0;
            } catch (SpoolException e) {
                spec.commandLine().getErr().println(e.getMessage());
                return 1;
            }
        }
    }
}
