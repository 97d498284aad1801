package io.fengsui.hub.grid;

import io.fengsui.protocol.EventKind;
import io.fengsui.settings.ValueReader;
import java.util.Optional;
import java.util.regex.Pattern;

/** A kind, a kind's beginning followed by {@code .*}, or {@code *} for every kind. */
public record KindPattern(String text) {
    private static final Pattern SHAPE = Pattern.compile("\\*|[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?");

    /** Every kind. */
    public static final KindPattern ALL = new KindPattern("*");

    public KindPattern {
        if (!isOne(text)) {
            throw new IllegalArgumentException("a kind such as fire.smoke, its beginning as fire.*, or *; not " + text);
        }
    }

    /** Whether a text is one. */
    public static boolean isOne(String text) {
        return SHAPE.matcher(text).matches();
    }

    public boolean matches(EventKind kind) {
        if (text.equals("*")) {
            return true;
        }
        return text.endsWith(".*")
                ? kind.value().regionMatches(0, text, 0, text.length() - 1)
                : kind.value().equals(text);
    }

    /** Whether every kind that the other one means is meant by this one, too. */
    public boolean covers(KindPattern other) {
        if (text.equals("*")) {
            return true;
        }
        return text.endsWith(".*") ? other.text.regionMatches(0, text, 0, text.length() - 1) : other.text.equals(text);
    }

    public static Optional<KindPattern> read(ValueReader value) {
        return value.matching(SHAPE, "a kind such as fire.smoke, its beginning as fire.*, or *")
                .map(KindPattern::new);
    }
}
