package io.fengsui.edge.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.edge.control.ControlRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edge-agent mode}. */
@Command(
        name = "mode",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the modes of the place, or switches one for a while: 'mode typhoon on --for 12h'.",
            "A switch ends by itself; it survives restarts."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModeCommand implements Callable<Integer> {
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([mhd])");

    @Mixin
    private ConfigOption config;

    @Parameters(arity = "0..1", paramLabel = "MODE", defaultValue = "", description = "Id of the mode.")
    private String mode;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "on|off",
            defaultValue = "",
            description = "What it shall be.")
    private String word;

    @Option(
            names = "--for",
            defaultValue = "12h",
            paramLabel = "DURATION",
            description = "How long it holds, at most 31d (default: ${DEFAULT-VALUE}).")
    private String duration;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (mode.isEmpty()) {
            return config.ask(new ControlRequest.ListModes(), spec.commandLine(), 1, ModeCommand::show);
        }
        Optional<Duration> length = length(duration);
        if (!word.matches("on|off") || length.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("write 'mode " + mode + " on' or 'off', and '--for 30m', '12h' or '3d'");
            return 2;
        }
        return config.ask(
                new ControlRequest.SwitchMode(mode, word.equals("on"), length.get()),
                spec.commandLine(),
                1,
                ModeCommand::show);
    }

    private static Optional<Duration> length(String text) {
        Matcher matcher = LENGTH.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    case String days -> Duration.ofDays(count);
                });
    }

    private static void show(JsonNode body, PrintWriter out) {
        if (body.path("modes").isEmpty()) {
            out.println("no modes are configured");
        }
        for (JsonNode mode : body.path("modes")) {
            String until = mode.path("until").asText("");
            out.println((mode.path("on").asBoolean() ? "on   " : "off  ")
                    + mode.path("id").asText() + " " + mode.path("name").asText()
                    + (until.isEmpty() ? "" : ", switched until " + until));
        }
    }
}
