package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.ValueReader;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what belongs together from its YAML file. */
public final class GatherReader {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    /** The end of a day is written as one, too. */
    private static final Pattern END_TIME = Pattern.compile(TIME.pattern() + "|24:00");

    private static final Pattern MOMENT = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}");
    private static final String MOMENT_HINT = "a local time such as 2026-11-23T22:00";

    private GatherReader() {}

    /** @param zone in which times are written */
    public static Optional<GatherPolicy> policy(MapReader map, ZoneId zone) {
        List<GatherPolicy.SameThing> same = map.maps("same-thing", GatherReader::sameThing);
        GatherPolicy.Cause cause = map.map("cause").flatMap(GatherReader::cause).orElse(GatherPolicy.NONE.cause());
        List<GatherPolicy.Flap> flapping = map.maps("flapping", GatherReader::flap);
        List<GatherPolicy.Storm> storms = map.maps("storms", GatherReader::storm);
        List<GatherPolicy.Maintenance> works = map.maps("maintenance", one -> maintenance(one, zone));
        return map.finish(() -> new GatherPolicy(same, cause, flapping, storms, works));
    }

    private static List<KindPattern> kinds(MapReader map) {
        List<KindPattern> kinds = map.list("kinds", KindPattern::read);
        if (kinds.isEmpty()) {
            map.problem("kinds", Problem.Code.MISSING, "no kinds are named", "such as [fire.*]");
        }
        return kinds;
    }

    private static Optional<GatherPolicy.SameThing> sameThing(MapReader map) {
        List<KindPattern> kinds = kinds(map);
        int metres = map.integer("metres", 1, 10_000);
        Duration within = map.duration("within", SECOND, DAY);
        return map.finish(() -> new GatherPolicy.SameThing(kinds, metres, within));
    }

    private static Optional<GatherPolicy.Cause> cause(MapReader map) {
        List<KindPattern> kinds = kinds(map);
        Duration delay = map.duration("wait", Duration.ZERO, DAY, Duration.ofSeconds(30));
        int common = map.integer("common", 2, 10_000, 3);
        Map<String, String> upstream = new HashMap<>();
        map.map("hangs-on").ifPresent(tree -> {
            tree.values()
                    .forEach((top, below) -> below.list(MapReader.MAX_ITEMS)
                            .ifPresent(items ->
                                    items.forEach(item -> item.string().ifPresent(source -> {
                                        if (upstream.put(source, top) != null) {
                                            item.problem(
                                                    Problem.Code.VALUE, source + " hangs on two things", "one of them");
                                        }
                                    }))));
            tree.finish(() -> true);
        });
        return map.finish(() -> new GatherPolicy.Cause(kinds, upstream, delay, common));
    }

    private static Optional<GatherPolicy.Flap> flap(MapReader map) {
        List<KindPattern> kinds = kinds(map);
        int times = map.integer("times", 2, 1_000);
        Duration within = map.duration("within", SECOND, DAY);
        return map.finish(() -> new GatherPolicy.Flap(kinds, times, within));
    }

    private static Optional<GatherPolicy.Storm> storm(MapReader map) {
        List<KindPattern> kinds = kinds(map);
        AreaLevel level = map.enumeration("level", AreaLevel.class, AreaLevel.VILLAGE);
        int most = map.integer("most", 1, 10_000);
        Duration within = map.duration("within", SECOND, DAY);
        return map.finish(() -> new GatherPolicy.Storm(kinds, level, most, within));
    }

    private static Optional<GatherPolicy.Maintenance> maintenance(MapReader map, ZoneId zone) {
        List<KindPattern> kinds = map.list("kinds", KindPattern::read);
        List<String> sources = map.list("sources", ValueReader::string);
        List<String> areas = map.list("areas", ValueReader::string);
        List<DayOfWeek> days = map.list("days", value -> value.enumeration(DayOfWeek.class));
        boolean isWeekly = map.has("days");
        String from = map.matching("from", isWeekly ? TIME : MOMENT, isWeekly ? "a time such as 22:00" : MOMENT_HINT);
        String to = map.matching(
                "to", isWeekly ? END_TIME : MOMENT, isWeekly ? "a time such as 04:00, or 24:00" : MOMENT_HINT);
        return map.finish(() -> new GatherPolicy.Maintenance(
                kinds.isEmpty() ? List.of(KindPattern.ALL) : kinds,
                sources,
                areas,
                isWeekly
                        ? new GatherPolicy.Weekly(Set.copyOf(days), LocalTime.parse(from), end(to))
                        : new GatherPolicy.Once(instant(from, zone), instant(to, zone))));
    }

    private static LocalTime end(String time) {
        return time.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(time);
    }

    private static Instant instant(String local, ZoneId zone) {
        try {
            return LocalDateTime.parse(local).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(local + " is no time", e);
        }
    }
}
