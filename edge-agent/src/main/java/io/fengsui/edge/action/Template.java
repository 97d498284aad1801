package io.fengsui.edge.action;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills a text with what an event says. Pure; an unknown word is left out. */
final class Template {
    private static final Pattern WORD = Pattern.compile("\\{([A-Za-z0-9._:-]{1,64})}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final int MAX_LENGTH = 2_000;

    private Template() {}

    static String fill(String template, Event event, ZoneId zone) {
        Matcher matcher = WORD.matcher(template);
        String filled = matcher.replaceAll(match -> Matcher.quoteReplacement(word(match.group(1), event, zone)));
        return filled.length() <= MAX_LENGTH ? filled : filled.substring(0, MAX_LENGTH);
    }

    private static String word(String word, Event event, ZoneId zone) {
        Name place = event.origin().place().name();
        return switch (word) {
            case "kind" -> event.kind().value();
            case "severity" -> severity(event.severity());
            case "place" -> place.zh();
            case "en:place" -> place.en();
            case "subject" -> event.origin().subject();
            case "source" -> event.origin().source().id();
            case "time" -> TIME.format(event.times().occurred().wall().atZone(zone));
            default -> event.attributes().getOrDefault(word, "");
        };
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "特急";
            case MAJOR -> "紧急";
            case MINOR -> "一般";
            case WARNING -> "提醒";
            case INFO -> "信息";
        };
    }
}
