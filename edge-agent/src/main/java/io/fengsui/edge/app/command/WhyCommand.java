package io.fengsui.edge.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.edge.control.ControlRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edge-agent why}. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = {
            "Says what gate, detector, tracker and rules decided about a camera or sensor around a time.",
            "The running agent is asked, which remembers its newest decisions."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class WhyCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    @Option(
            names = "--at",
            defaultValue = "",
            paramLabel = "TIME",
            description = "21:30, 2026-05-01T21:30 in the box's time zone, or with a zone (default: now).")
    private String at;

    @Option(
            names = "--within",
            defaultValue = "300",
            paramLabel = "SECONDS",
            description = "How far before and after (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Spec
    private CommandSpec spec;

    /** One of the two. */
    static final class Subject {
        @Option(names = "--camera", required = true, description = "Id of a camera.")
        private String camera = "";

        @Option(names = "--sensor", required = true, description = "Id of a sensor.")
        private String sensor = "";

        String id() {
            return camera.isEmpty() ? sensor : camera;
        }
    }

    @Override
    public Integer call() throws IOException {
        return config.ask(
                new ControlRequest.Why(subject.id(), at, Duration.ofSeconds(Math.max(1, seconds))),
                spec.commandLine(),
                1,
                WhyCommand::show);
    }

    private static void show(JsonNode body, PrintWriter out) {
        ZoneId zone = ZoneId.of(body.path("zone").asText("UTC"));
        DateTimeFormatter time = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(zone);
        Instant at = Instant.parse(body.path("at").asText());
        out.println(body.path("subject").asText() + " around " + time.format(at) + " (" + zone + ")");
        JsonNode decisions = body.path("decisions");
        if (decisions.isEmpty()) {
            String since = body.path("knownSince").asText("");
            out.println(
                    since.isEmpty()
                            ? "  nothing was decided about it since the agent started"
                            : "  nothing is known of that time; the oldest decision known is of "
                                    + time.format(Instant.parse(since)));
        }
        for (JsonNode d : decisions) {
            String from = time.format(Instant.parse(d.path("from").asText()));
            String until = time.format(Instant.parse(d.path("until").asText()));
            int times = d.path("times").asInt();
            String when = from + (times > 1 ? " to " + until.substring(6) + " (" + times + " times)" : "");
            String who = d.path("who").asText();
            String detail = d.path("detail").asText();
            out.println("  " + when + "  " + d.path("stage").asText() + (who.isEmpty() ? "" : " " + who) + ": "
                    + d.path("code").asText() + (detail.isEmpty() ? "" : ", " + detail));
        }
    }
}
