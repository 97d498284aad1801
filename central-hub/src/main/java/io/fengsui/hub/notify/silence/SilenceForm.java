package io.fengsui.hub.notify.silence;

import io.fengsui.hub.grid.KindPattern;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** A silence as texts, as in the journal. Pure; throws {@link BadSilenceException} for what somebody asked for and is none. */
public final class SilenceForm {
    /** Key of its purpose; without it, it is a silence. */
    public static final String PURPOSE = "purpose";

    /** Of later years nobody means one, and adding to some of them is more than a time can be. */
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    private SilenceForm() {}

    public static Silence read(String id, Map<String, String> texts, Instant now) {
        String from = texts.getOrDefault("from", "");
        Instant begin = from.isEmpty() ? now : moment("from", from);
        String until = texts.getOrDefault("until", "");
        return new Silence(
                id,
                Silence.Purpose.of(texts.getOrDefault(PURPOSE, Silence.Purpose.SILENCE.label())),
                new Silence.Matcher(
                        kinds(texts.getOrDefault("kinds", "")),
                        words(texts.getOrDefault("areas", "")),
                        words(texts.getOrDefault("sources", "")),
                        texts.getOrDefault("ticket", "")),
                begin,
                until.isEmpty() ? begin.plus(Silence.LONGEST) : moment("until", until),
                new Silence.Word(texts.getOrDefault("author", ""), texts.getOrDefault("comment", "")),
                null);
    }

    private static Instant moment(String key, String text) {
        try {
            Instant moment = Instant.parse(text);
            if (moment.isAfter(Instant.EPOCH) && moment.isBefore(LAST)) {
                return moment;
            }
            throw noMoment(key, text);
        } catch (DateTimeParseException e) {
            throw noMoment(key, text);
        }
    }

    private static BadSilenceException noMoment(String key, String text) {
        return new BadSilenceException(
                key + " 应为 UTC 时间,例如 2026-11-23T02:00:00Z,而不是 " + text,
                key + " is a time in UTC such as 2026-11-23T02:00:00Z, not " + text);
    }

    /** Words separated by spaces. */
    public static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }

    public static List<KindPattern> kinds(String text) {
        return words(text).stream().map(SilenceForm::kind).toList();
    }

    private static KindPattern kind(String text) {
        if (!KindPattern.isOne(text)) {
            throw new BadSilenceException(
                    "kinds 应为类别(如 fire.smoke)、其开头(如 fire.*)或 *,而不是 " + text,
                    "kinds are such as fire.smoke, beginnings as fire.*, or *; not " + text);
        }
        return new KindPattern(text);
    }
}
