package io.fengsui.hub.config;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.LifeSafety;
import io.fengsui.settings.MapReader;
import java.util.List;

/**
 * Finds announced work that holds nothing back of a kind that it names, since lives hang on that and no sources are named. A
 * warning and no error: what is not held back is told, and a hub that does not start tells nothing. Pure.
 */
final class WorkWarnings {
    private WorkWarnings() {}

    /** Of a file in which nothing else is wrong. */
    static List<String> of(MapReader correlation) {
        return DutyWarnings.groups(correlation, "maintenance")
                .filter(work -> work.strings("sources").isEmpty())
                .flatMap(work -> work.strings("kinds").stream()
                        .filter(kind -> LifeSafety.isAll(new KindPattern(kind)))
                        .map(kind -> work.where("kinds") + ": lives hang on " + kind
                                + ", so this work holds back nothing of it."
                                + " Name what is worked on (sources: […]), or leave the kind out"))
                .toList();
    }
}
