package io.fengsui.hub.notify;

import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import java.util.stream.Collectors;

/** What must be equal for two things to go in one message. Pure. */
final class GroupKey {
    private static final String STILL_OPEN = "still-open/";

    private GroupKey() {}

    /** Reminders go in messages of their own, so that what is new neither waits for them nor behind them. */
    static String ofReminder(String group) {
        return STILL_OPEN + group;
    }

    static boolean isOfReminder(String group) {
        return group.startsWith(STILL_OPEN);
    }

    static String of(Contact.Grouping grouping, String kind, String grid, AreaBook areas) {
        return grouping.by().stream()
                .map(by -> switch (by) {
                    case KIND -> kind;
                    case CATEGORY -> category(kind);
                    case GRID -> grid;
                    case VILLAGE -> area(grid, AreaLevel.VILLAGE, areas);
                    case TOWN -> area(grid, AreaLevel.TOWN, areas);
                    case CITY -> area(grid, AreaLevel.CITY, areas);
                })
                .collect(Collectors.joining("/"));
    }

    private static String category(String kind) {
        int end = kind.indexOf('.');
        return end < 0 ? kind : kind.substring(0, end);
    }

    private static String area(String grid, AreaLevel wanted, AreaBook areas) {
        return areas.path(grid).stream()
                .filter(area -> area.level() == wanted)
                .map(Area::code)
                .findFirst()
                .orElse("");
    }
}
