package io.fengsui.edge.rtsp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers of a message in the order they came; names are found in any case. */
record RtspHeaders(List<Field> fields) {
    /** Most headers of a message. */
    static final int MAX_FIELDS = 128;

    static final RtspHeaders NONE = new RtspHeaders(List.of());

    record Field(String name, String value) {}

    RtspHeaders {
        fields = List.copyOf(fields);
    }

    /** The first value under a name. */
    @Nullable
    String get(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    RtspHeaders with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new RtspHeaders(more);
    }
}
