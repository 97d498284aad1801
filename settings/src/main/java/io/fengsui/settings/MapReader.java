package io.fengsui.settings;

import io.fengsui.settings.Problem.Code;
import io.fengsui.settings.SettingNode.Entry;
import io.fengsui.settings.SettingNode.Mapping;
import io.fengsui.settings.SettingNode.Scalar;
import io.fengsui.settings.SettingNode.Sequence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads a group of keys. A method without a default wants the key; one with a default, or one that answers Optional,
 * does without. What is wrong is told to {@link Problems} and a placeholder returned, so that reading goes on;
 * {@link #finish} tells of unknown keys and builds the value only when nothing was wrong in this group. A key without a
 * value counts as absent. Confined to one thread.
 */
public final class MapReader {
    /** Most items of a list, unless the reader of it says otherwise. */
    public static final int MAX_ITEMS = 10_000;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Mapping map;
    private final String path;
    private final ReadScope scope;
    private final TreeSet<String> asked = new TreeSet<>();

    MapReader(Mapping map, String path, ReadScope scope) {
        this.map = map;
        this.path = path;
        this.scope = scope;
    }

    /** Where this group stands. */
    public Where where() {
        return map.where().withKey(path);
    }

    /** Where a key's value stands, or this group if it is absent; for problems found later. */
    public Where where(String key) {
        Entry entry = map.entries().get(key);
        return (entry == null ? map.where() : entry.value().where()).withKey(pathOf(key));
    }

    /** Reports that a key is wrong. {@code hint} follows the word "write". */
    public void problem(String key, Code code, String reason, String hint) {
        scope.add(where(key), code, reason, hint);
    }

    /** Whether the key is there with a value. */
    public boolean has(String key) {
        return value(key).isPresent();
    }

    /** Whether the key is there and holds nothing, where it may be meant otherwise than no key: no value, or an empty list. */
    public boolean isBare(String key) {
        Entry entry = map.entries().get(key);
        return entry != null
                && (entry.value() instanceof Scalar scalar && scalar.isNull()
                        || entry.value() instanceof Sequence list
                                && list.items().isEmpty());
    }

    /** The value of a key that may be absent. */
    public Optional<ValueReader> value(String key) {
        asked.add(key);
        Entry entry = map.entries().get(key);
        if (entry == null || (entry.value() instanceof Scalar s && s.isNull())) {
            return Optional.empty();
        }
        return Optional.of(new ValueReader(entry.value(), pathOf(key), scope));
    }

    /** The value of a key that must be there. */
    public Optional<ValueReader> required(String key) {
        Optional<ValueReader> value = value(key);
        if (value.isEmpty()) {
            scope.add(where(key), Code.MISSING, "this key is missing", "'" + key + ": …'");
        }
        return value;
    }

    /** All keys and values, for groups whose keys are names. */
    public Map<String, ValueReader> values() {
        asked.addAll(map.entries().keySet());
        Map<String, ValueReader> values = new LinkedHashMap<>();
        map.entries().forEach((key, entry) -> values.put(key, new ValueReader(entry.value(), pathOf(key), scope)));
        return values;
    }

    public String string(String key) {
        return need(key, "", ValueReader::string);
    }

    public String string(String key, String absent) {
        return or(key, absent, ValueReader::string);
    }

    public String matching(String key, Pattern shape, String hint) {
        return need(key, "", v -> v.matching(shape, hint));
    }

    /** A name for machines: 1 to 64 of A-Z, a-z, 0-9, '.', '_', '-'. */
    public String id(String key) {
        return matching(key, ID, "1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit");
    }

    public int integer(String key, int min, int max) {
        return need(key, min, v -> v.integer(min, max));
    }

    public int integer(String key, int min, int max, int absent) {
        return or(key, absent, v -> v.integer(min, max));
    }

    public double number(String key, double min, double max) {
        return need(key, min, v -> v.number(min, max));
    }

    public double number(String key, double min, double max, double absent) {
        return or(key, absent, v -> v.number(min, max));
    }

    public boolean bool(String key) {
        return need(key, false, ValueReader::bool);
    }

    public boolean bool(String key, boolean absent) {
        return or(key, absent, ValueReader::bool);
    }

    public Duration duration(String key, Duration min, Duration max) {
        return need(key, min, v -> v.duration(min, max));
    }

    public Duration duration(String key, Duration min, Duration max, Duration absent) {
        return or(key, absent, v -> v.duration(min, max));
    }

    public long bytes(String key, long min, long max) {
        return need(key, min, v -> v.bytes(min, max));
    }

    public long bytes(String key, long min, long max, long absent) {
        return or(key, absent, v -> v.bytes(min, max));
    }

    public <E extends Enum<E>> E enumeration(String key, Class<E> type) {
        return need(key, type.getEnumConstants()[0], v -> v.enumeration(type));
    }

    public <E extends Enum<E>> E enumeration(String key, Class<E> type, E absent) {
        return or(key, absent, v -> v.enumeration(type));
    }

    public Path path(String key) {
        return need(key, Path.of(""), ValueReader::path);
    }

    /** A path with a default, which starts at the file's folder like one that is written. */
    public Path path(String key, String absent) {
        return value(key).flatMap(ValueReader::path).orElseGet(() -> scope.resolve(absent));
    }

    /** A group that may be absent. */
    public Optional<MapReader> map(String key) {
        return value(key).flatMap(ValueReader::map);
    }

    /** A group; one without any key when it is absent, so that the defaults of its keys hold. */
    public MapReader mapOrEmpty(String key) {
        return map(key).orElseGet(() -> new MapReader(new Mapping(where(key), Map.of()), pathOf(key), scope.inner()));
    }

    /** The items of a list that may be absent, each read by {@code item}; those with problems are left out. */
    public <T> List<T> list(String key, Function<ValueReader, Optional<T>> item) {
        List<T> items = new ArrayList<>();
        value(key)
                .flatMap(v -> v.list(MAX_ITEMS))
                .ifPresent(all -> all.forEach(v -> item.apply(v).ifPresent(items::add)));
        return List.copyOf(items);
    }

    /** A list of groups that may be absent. */
    public <T> List<T> maps(String key, Function<MapReader, Optional<T>> item) {
        return list(key, v -> v.map().flatMap(item));
    }

    /** A list of texts that may be absent. */
    public List<String> strings(String key) {
        return list(key, ValueReader::string);
    }

    /**
     * A secret by reference: {@code key-file} names a file that holds it, {@code key-env} an environment variable. Written
     * out under {@code key} itself it is refused.
     */
    public Optional<Secret> secret(String key) {
        return new SecretReference(this, scope).read(key);
    }

    /** A secret by reference that must be there. */
    public Optional<Secret> requiredSecret(String key) {
        if (!namesSecret(key)) {
            scope.add(where(), Code.MISSING, "the " + key + " is missing", SecretReference.hint(key));
        }
        return secret(key);
    }

    /** Whether a secret is referred to, also where the reference leads to none. */
    public boolean namesSecret(String key) {
        return has(key) || has(key + "-file") || has(key + "-env");
    }

    /**
     * What the groups of a list are called, also those in which something is wrong: who names one of them is not wrong as well.
     * Tells of nothing.
     */
    public Set<String> declared(String key, String id) {
        Entry entry = map.entries().get(key);
        Set<String> names = new LinkedHashSet<>();
        if (entry != null && entry.value() instanceof Sequence list) {
            for (SettingNode item : list.items()) {
                Entry name = item instanceof Mapping group ? group.entries().get(id) : null;
                if (name != null && name.value() instanceof Scalar text && !text.isNull()) {
                    names.add(text.text());
                }
            }
        }
        return names;
    }

    /**
     * Ends the reading of this group: tells of keys that nobody asked for, and builds the value when nothing was wrong in
     * here. A value that its own constructor refuses is a problem of this group.
     */
    public <T> Optional<T> finish(Supplier<T> build) {
        rejectUnknownKeys();
        if (scope.hasProblem()) {
            return Optional.empty();
        }
        try {
            return Optional.of(build.get());
        } catch (IllegalArgumentException e) {
            scope.add(where(), Code.VALUE, String.valueOf(e.getMessage()), "");
            return Optional.empty();
        }
    }

    private void rejectUnknownKeys() {
        map.entries().forEach((key, entry) -> {
            if (!asked.contains(key)) {
                String hint = DidYouMean.nearest(key, asked)
                        .map(word -> "'" + word + "'")
                        .orElse(asked.isEmpty() ? "nothing here" : "one of " + String.join(", ", asked));
                scope.add(
                        entry.keyWhere().withKey(pathOf(ValueReader.show(key))), Code.UNKNOWN_KEY, "unknown key", hint);
            }
        });
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private <T> T need(String key, T placeholder, Function<ValueReader, Optional<T>> read) {
        return required(key).flatMap(read).orElse(placeholder);
    }

    private <T> T or(String key, T absent, Function<ValueReader, Optional<T>> read) {
        return value(key).flatMap(read).orElse(absent);
    }
}
