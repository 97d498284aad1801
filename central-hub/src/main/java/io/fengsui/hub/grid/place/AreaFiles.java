package io.fengsui.hub.grid.place;

import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.Where;
import java.util.List;
import java.util.Locale;

/** Reads areas of a file by what its name says it is. */
public final class AreaFiles {
    /** Largest file of areas. */
    public static final int MAX_BYTES = 64 << 20;

    private AreaFiles() {}

    public static List<Area> read(String file, byte[] content, Problems problems) {
        String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CsvAreas.read(file, content, problems);
        }
        if (name.endsWith(".geojson") || name.endsWith(".json")) {
            return GeoJsonAreas.read(file, content, problems);
        }
        problems.add(Where.file(file), Problem.Code.FILE, "is neither .geojson nor .csv", "a file of areas");
        return List.of();
    }
}
