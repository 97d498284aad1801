package io.fengsui.edge.app.command;

import io.fengsui.edge.app.AgentVersion;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line {@code edge-agent}. */
@Command(
        name = "edge-agent",
        description = "Watches cameras and sensors of one site, decides what is worth saying, and tells the hub.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        subcommands = {
            RunCommand.class,
            CheckConfigCommand.class,
            StatusCommand.class,
            CamerasCommand.class,
            ReloadCommand.class,
            SnapshotCommand.class,
            ModelCommand.class,
            SensorCommand.class,
            RulesCommand.class,
            WhyCommand.class,
            ModeCommand.class,
            SpoolCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:not done, the reason is said", "2:the command line or the configuration is wrong"})
public final class Main {
    private Main() {}

    /** Says which version this is. */
    static final class Versions implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"edge-agent " + AgentVersion.TEXT, "Java " + Runtime.version()};
        }
    }

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(args));
    }

    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((e, line, result) -> {
            line.getErr().println(line.getColorScheme().errorText("edge-agent: " + reason(e)));
            return 1;
        });
        return commandLine;
    }

    private static String reason(Exception e) {
        return e instanceof java.io.IOException ? String.valueOf(e.getMessage()) : e.toString();
    }
}
