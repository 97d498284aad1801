package io.fengsui.hub.ticket.policy;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Fills the placeholders of a title in both languages. Pure. */
public final class TitleText {
    static final Set<String> PLACEHOLDERS = Set.of("place", "source", "zone", "site", "kind");

    /** What leads over to a placeholder. */
    private static final Pattern END = Pattern.compile("[\\s\\p{Punct}：，、；（【—·]+$");

    private TitleText() {}

    /** @param values what each placeholder stands for */
    public static Name fill(Name template, Map<String, Name> values) {
        String zh = template.zh();
        String en = template.en();
        for (Map.Entry<String, Name> entry : values.entrySet()) {
            String mark = "{" + entry.getKey() + "}";
            zh = zh.replace(mark, entry.getValue().zh());
            en = en.replace(mark, entry.getValue().en());
        }
        return new Name(cut(zh.strip()), cut(en.strip()));
    }

    /** What a title says before it tells of a particular one: what people call the kind. */
    public static Name beginning(Name template) {
        String zh = beginning(template.zh());
        String en = beginning(template.en());
        return new Name(zh.isEmpty() ? en : zh, en.isEmpty() ? zh : en);
    }

    private static String beginning(String text) {
        int at = text.indexOf('{');
        return END.matcher(at < 0 ? text : text.substring(0, at)).replaceFirst("");
    }

    private static String cut(String text) {
        return text.length() <= Checks.MAX_TEXT ? text : text.substring(0, Checks.MAX_TEXT);
    }
}
