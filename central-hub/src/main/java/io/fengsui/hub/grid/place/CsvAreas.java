package io.fengsui.hub.grid.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fengsui.protocol.value.Name;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.Where;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Areas as CSV (RFC 4180) in UTF-8 with a first line that names the columns: {@code code}, {@code level}, {@code name},
 * {@code parent}, and if known {@code name_en}, {@code leader}; in any order. At most {@value GeoJsonAreas#MAX_AREAS}
 * areas, whose fields have at most {@value #MAX_FIELD} characters each: what has more is a problem, and nothing is cut.
 */
public final class CsvAreas {
    private static final List<String> KNOWN = List.of("code", "level", "name", "name_en", "parent", "leader");
    private static final int MAX_FIELD = 4_096;

    private CsvAreas() {}

    /** What can be read; every line that cannot be is a problem. */
    public static List<Area> read(String file, byte[] content, Problems problems) {
        List<String> lines;
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            lines = (text.startsWith("\uFEFF") ? text.substring(1) : text)
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            // Names in GB 18030 would come out as other names.
            problems.add(Where.file(file), Problem.Code.SYNTAX, "is not UTF-8", "the file saved as CSV UTF-8");
            return List.of();
        }
        List<Area> areas = new ArrayList<>();
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            Where where = new Where(file, i + 1, 1, "");
            List<String> fields = fields(lines.get(i));
            if (fields == null) {
                problems.add(where, Problem.Code.SYNTAX, "a quotation mark does not end", "\"…\" within one line");
            } else if (columns.isEmpty()) {
                for (String column : fields) {
                    columns.put(column.strip(), columns.size());
                }
                if (!columns.keySet().containsAll(List.of("code", "level", "name", "parent"))
                        || !KNOWN.containsAll(columns.keySet())) {
                    problems.add(where, Problem.Code.VALUE, "names the columns " + fields, "columns among " + KNOWN);
                    return List.of();
                }
            } else {
                if (areas.size() == GeoJsonAreas.MAX_AREAS) {
                    problems.add(
                            where,
                            Problem.Code.VALUE,
                            "more than " + GeoJsonAreas.MAX_AREAS + " areas; from here on nothing is read",
                            "at most " + GeoJsonAreas.MAX_AREAS + " areas");
                    return areas;
                }
                Area area = area(fields, columns, where, problems);
                if (area != null) {
                    areas.add(area);
                }
            }
        }
        return areas;
    }

    private static @Nullable Area area(
            List<String> fields, Map<String, Integer> columns, Where where, Problems problems) {
        try {
            if (fields.size() != columns.size()) {
                throw new IllegalArgumentException(fields.size() + " fields under " + columns.size() + " columns");
            }
            return new Area(
                    field(fields, columns, "code"),
                    GeoJsonAreas.level(field(fields, columns, "level")),
                    new Name(field(fields, columns, "name"), field(fields, columns, "name_en")),
                    field(fields, columns, "parent"),
                    field(fields, columns, "leader"),
                    null);
        } catch (IllegalArgumentException e) {
            problems.add(where, Problem.Code.VALUE, String.valueOf(e.getMessage()), "code,level,name,parent");
            return null;
        }
    }

    private static String field(List<String> fields, Map<String, Integer> columns, String column) {
        Integer index = columns.get(column);
        String field = index == null ? "" : fields.get(index).strip();
        if (field.length() > MAX_FIELD) {
            throw new IllegalArgumentException(column + " has more than " + MAX_FIELD + " characters");
        }
        return field;
    }

    /** The fields of a line; null when a quotation mark does not end. */
    static @Nullable List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (isQuoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return isQuoted ? null : fields;
    }
}
