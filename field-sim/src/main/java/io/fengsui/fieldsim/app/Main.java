package io.fengsui.fieldsim.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code field-sim}. */
@Command(
        name = "field-sim",
        mixinStandardHelpOptions = true,
        version = "field-sim 0.1.0",
        subcommands = {RunCommand.class, JudgeCommand.class, StreamsCommand.class, LoadCommand.class, ProxyCommand.class
        },
        description = "Simulates the field: RTSP cameras with drawn scenes, an MQTT broker, scripted sensors.")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(arguments));
    }

    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    String said = problem.getMessage();
                    command.getErr().println("field-sim: " + (said == null ? problem.toString() : said));
                    return 1;
                });
    }
}
