package io.fengsui.edge.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers of a message in the order they came; names are found in any case. */
public record RtspHeaders(List<Field> fields) {
    /** Most headers of a message. */
    static final int MAX_FIELDS = 128;

    public static final RtspHeaders NONE = new RtspHeaders(List.of());

    public record Field(String name, String value) {}

    public RtspHeaders {
        fields = List.copyOf(fields);
    }

    /** The first value under a name. */
    @Nullable
    public String get(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    public RtspHeaders with(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new RtspHeaders(more);
    }
}
