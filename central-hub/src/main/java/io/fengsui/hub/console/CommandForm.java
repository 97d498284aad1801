package io.fengsui.hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemException;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.rules.calendar.Limit;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a command on a ticket, checked. */
record CommandForm(
        String command,
        String note,
        String unit,
        String extension,
        @Nullable Instant until) {
    private static final int MAX_NOTE = 1_000;
    private static final Map<String, Pattern> FIELDS = Map.of(
            "command", Pattern.compile("[a-z][a-z-]{0,31}"),
            "note", Pattern.compile("(?s).{0," + MAX_NOTE + "}"),
            "unit", Pattern.compile("[\\p{L}\\p{N}._-]{0,64}"),
            "extension", Pattern.compile("|[0-9]{1,6}(s|m|h|d|wm|wh|wd)"),
            "until", Pattern.compile("|[0-9TZ:.+-]{10,40}"));

    static CommandForm of(AggregatedHttpRequest request) {
        JsonNode body = Bodies.object(request);
        if (!body.path("command").isTextual()) {
            throw bad();
        }
        body.properties().forEach(field -> {
            Pattern shape = FIELDS.get(field.getKey());
            if (shape == null
                    || !field.getValue().isTextual()
                    || !shape.matcher(field.getValue().textValue()).matches()) {
                throw bad();
            }
        });
        String extension = body.path("extension").asText("");
        if (!extension.isEmpty() && Limit.parse(extension).isEmpty()) {
            throw bad();
        }
        return new CommandForm(
                body.path("command").textValue(),
                body.path("note").asText(""),
                body.path("unit").asText(""),
                extension,
                until(body.path("until").asText("")));
    }

    private static @Nullable Instant until(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw bad();
        }
    }

    OperatorCommand.Details details(String role) {
        return new OperatorCommand.Details(role, unit, extension, until);
    }

    private static ProblemException bad() {
        return new Problem(
                        ProblemType.BAD_BODY,
                        "应为 {\"command\": \"accept\", \"note\": \"\"}，说明最多 " + MAX_NOTE
                                + " 字；可带 unit（单位）、extension（延期，如 2wd）、until（缓办到，UTC 时间）",
                        "expected {\"command\": \"accept\", \"note\": \"\"}, the note of at most " + MAX_NOTE
                                + " characters; with unit, extension (such as 2wd) or until (a time in UTC) where needed")
                .toException();
    }
}
