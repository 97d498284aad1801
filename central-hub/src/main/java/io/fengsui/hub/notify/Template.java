package io.fengsui.hub.notify;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text with places for words, each a name in braces. Pure. */
final class Template {
    /** What every notice has words for. */
    static final List<String> WORDS = List.of("ticket", "title", "place", "unit", "state", "kind", "severity");

    private static final String PERCENT = "percent";
    private static final String LEVEL = "level";
    private static final Pattern WORD = Pattern.compile("\\{([^{}]{0,64})}");
    private static final Map<NoticeKind, Set<String>> MORE = Map.of(
            NoticeKind.DEADLINE_NEAR, Set.of(PERCENT),
            NoticeKind.DEADLINE_PASSED, Set.of(PERCENT),
            NoticeKind.ESCALATED, Set.of(LEVEL));

    private Template() {}

    /** Names in braces for which a notice of this kind has no words. */
    static List<String> unknown(NoticeKind kind, String text) {
        return WORD.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(word -> !WORDS.contains(word)
                        && !MORE.getOrDefault(kind, Set.of()).contains(word))
                .distinct()
                .toList();
    }

    /** What a text of this kind may name, for people. */
    static String known(NoticeKind kind) {
        return String.join(
                ", ",
                Stream.concat(WORDS.stream(), MORE.getOrDefault(kind, Set.of()).stream())
                        .map(word -> "{" + word + "}")
                        .toList());
    }

    /** In one pass: braces in a word, such as a camera's name, are only text. What there is no word for stays as it is. */
    static String fill(String text, Map<String, String> words) {
        return WORD.matcher(text)
                .replaceAll((MatchResult found) ->
                        Matcher.quoteReplacement(words.getOrDefault(found.group(1), found.group())));
    }
}
