package io.fengsui.hub.console.http;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request: only known names, each once, each within its limits. */
public final class Parameters {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;
    private static final int MAX_VALUES = 16;
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final int MAX_LENGTH = 256;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}._:@/-]{1,128}");

    private final QueryParams query;

    private Parameters(QueryParams query) {
        this.query = query;
    }

    public static Parameters of(ServiceRequestContext context, String... allowed) {
        QueryParams query = context.queryParams();
        Set<String> names = Set.of(allowed);
        for (String name : query.names()) {
            if (!names.contains(name)) {
                throw bad(
                        "未知参数 '" + brief(name) + "';可用的参数:" + String.join(", ", allowed),
                        "unknown parameter '" + brief(name) + "'; known are: " + String.join(", ", allowed));
            }
            if (query.getAll(name).size() > 1) {
                throw bad(name + " 只能出现一次", name + " may be given once");
            }
            if (query.get(name, "").length() > MAX_LENGTH && !name.equals("cursor")) {
                throw bad(
                        name + " 过长,最多 " + MAX_LENGTH + " 个字符", name + " has more than " + MAX_LENGTH + " characters");
            }
        }
        return new Parameters(query);
    }

    /**
     * From one moment on until before another: {@code from} and {@code to}; the last 30 days where they are not said, 400 days
     * at most.
     */
    public Period period(Instant now) {
        Instant to = instant("to", now);
        Instant from = instant("from", to.minus(MONTH));
        if (!from.isBefore(to) || from.isBefore(to.minus(LONGEST))) {
            throw bad("from 须早于 to,跨度最多 400 天", "from is before to, by 400 days at most");
        }
        return new Period(from, to);
    }

    private Instant instant(String name, Instant absent) {
        String text = word(name);
        try {
            return text == null ? absent : Instant.parse(text);
        } catch (DateTimeException e) {
            throw bad("时间应为 2026-11-21T00:00:00Z 的形式", "a time looks like 2026-11-21T00:00:00Z");
        }
    }

    public boolean has(String name) {
        return query.contains(name);
    }

    /** How many rows: 1 to {@value #MAX_LIMIT}. */
    public int limit() {
        String text = query.get("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw bad(
                "limit 须为 1 到 " + MAX_LIMIT + " 的整数,而不是 '" + brief(text) + "'",
                "limit is a whole number from 1 to " + MAX_LIMIT + ", not '" + brief(text) + "'");
    }

    public @Nullable Cursor cursor(String list) {
        String text = query.get("cursor");
        return text == null ? null : Cursor.decode(list, text);
    }

    /** One id or kind; null when not given. */
    public @Nullable String word(String name) {
        String text = query.get(name);
        return text == null ? null : checkWord(name, text);
    }

    /** What somebody typed, without the blanks around it; empty when not given. */
    public String text(String name) {
        String text = query.get(name, "").strip();
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw bad(name + " 含有控制字符", name + " has control characters in it");
        }
        return text;
    }

    /** One value of a fixed list. */
    public String choice(String name, Collection<String> known) {
        List<String> values = choices(name, known);
        if (values.size() != 1) {
            String list = String.join(", ", known);
            throw bad(name + " 须为其中之一:" + list, name + " is one of: " + list);
        }
        return values.getFirst();
    }

    /** Ids or kinds, separated by commas. */
    public List<String> words(String name) {
        return split(name).stream().map(value -> checkWord(name, value)).toList();
    }

    /** Values of a fixed list, separated by commas. */
    public List<String> choices(String name, Collection<String> known) {
        List<String> values = split(name);
        for (String value : values) {
            if (!known.contains(value)) {
                String list = String.join(", ", known);
                throw bad(
                        name + " 不能是 '" + brief(value) + "';可用的值:" + list,
                        name + " cannot be '" + brief(value) + "'; known are: " + list);
            }
        }
        return values;
    }

    private List<String> split(String name) {
        String text = query.get(name);
        if (text == null) {
            return List.of();
        }
        List<String> values = List.of(text.split(",", -1));
        if (values.size() > MAX_VALUES) {
            throw bad(name + " 最多 " + MAX_VALUES + " 个值", name + " has at most " + MAX_VALUES + " values");
        }
        return values;
    }

    private static String checkWord(String name, String value) {
        if (!WORD.matcher(value).matches()) {
            throw bad(
                    name + " 的值 '" + brief(value) + "' 不是有效的编号", "'" + brief(value) + "' cannot be a value of " + name);
        }
        return value;
    }

    /** A piece of what came, safe to show. */
    static String brief(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
    }

    private static ProblemException bad(String zh, String en) {
        return new Problem(ProblemType.BAD_PARAMETER, zh, en).toException();
    }
}
