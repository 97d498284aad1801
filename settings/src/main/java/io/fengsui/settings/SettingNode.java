package io.fengsui.settings;

import java.util.List;
import java.util.Map;

/** A YAML value and where it stands. The text of a scalar is kept as written; what it means is for the reader to say. */
sealed interface SettingNode {
    Where where();

    /**
     * A single value.
     *
     * @param isPlain written without quotes, so that it may be a number, a boolean or null
     */
    record Scalar(Where where, String text, boolean isPlain) implements SettingNode {
        /** Null of the YAML 1.2 core schema, section 10.3.2. */
        boolean isNull() {
            return isPlain
                    && (text.isEmpty()
                            || text.equals("~")
                            || text.equals("null")
                            || text.equals("Null")
                            || text.equals("NULL"));
        }
    }

    record Sequence(Where where, List<SettingNode> items) implements SettingNode {}

    /** Entries in the order of the file. */
    record Mapping(Where where, Map<String, Entry> entries) implements SettingNode {}

    /** A key, where it stands, and its value. */
    record Entry(Where keyWhere, SettingNode value) {}

    /** What a person calls this sort of value. */
    default String sort() {
        return switch (this) {
            case Scalar s -> s.isNull() ? "nothing" : "a single value";
            case Sequence _ -> "a list";
            case Mapping _ -> "a group of keys";
        };
    }
}
