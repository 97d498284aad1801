package io.fengsui.hub.notify.silence;

import io.fengsui.hub.grid.KindPattern;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A silence as texts, as in the journal. Pure; throws {@link IllegalArgumentException} for what is no silence. */
public final class SilenceForm {
    /** Key of its purpose; without it, it is a silence. */
    public static final String PURPOSE = "purpose";

    private SilenceForm() {}

    public static Silence read(String id, Map<String, String> texts, Instant now) {
        String from = texts.getOrDefault("from", "");
        Instant begin = from.isEmpty() ? now : Instant.parse(from);
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
                until.isEmpty() ? begin.plus(Silence.LONGEST) : Instant.parse(until),
                new Silence.Word(texts.getOrDefault("author", ""), texts.getOrDefault("comment", "")),
                null);
    }

    /** Words separated by spaces. */
    public static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }

    public static List<KindPattern> kinds(String text) {
        return words(text).stream().map(KindPattern::new).toList();
    }
}
