package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Incidents by chance, of few kinds at few places, so that they have much in common; and a policy for them. */
final class TestIncidents {
    static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    static final List<EventKind> KINDS = Stream.of(
                    "fire.smoke", "fire.flame", "safety.crowd", "safety.intrusion", "health.camera.offline")
            .map(EventKind::new)
            .toList();
    /** Of the book, of no book, and none. */
    static final List<String> GRIDS = List.of("1-01", "1-02", "2-01", "elsewhere", "", "");

    static final List<String> SITES = List.of("fengtai", "gaodu");
    static final AreaBook AREAS = new AreaBook(List.of(
            area("1", AreaLevel.VILLAGE, ""),
            area("1-01", AreaLevel.GRID, "1"),
            area("1-02", AreaLevel.GRID, "1"),
            area("2", AreaLevel.VILLAGE, ""),
            area("2-01", AreaLevel.GRID, "2")));

    /** Three sources hang on a switch that hangs on a box, two on the box itself, and one on nothing. */
    static final Map<String, String> UPSTREAM = Map.of(
            "source-1",
            "switch",
            "source-2",
            "switch",
            "source-3",
            "switch",
            "switch",
            "box",
            "source-4",
            "box",
            "source-5",
            "box");

    private static final List<String> SOURCES =
            List.of("source-0", "source-1", "source-2", "source-3", "source-4", "source-5");
    private static final List<String> TOPS = List.of("switch", "box");

    private TestIncidents() {}

    private static Area area(String code, AreaLevel level, String parent) {
        return new Area(code, level, new Name(code, code), parent, "", null);
    }

    static List<KindPattern> patterns(String... texts) {
        return Stream.of(texts).map(KindPattern::new).toList();
    }

    static GatherPolicy policy(Duration delay) {
        return new GatherPolicy(
                List.of(new GatherPolicy.SameThing(patterns("fire.*"), 150, Duration.ofMinutes(3))),
                new GatherPolicy.Cause(patterns("health.*"), UPSTREAM, delay, 3),
                List.of(new GatherPolicy.Flap(patterns("safety.intrusion", "health.*"), 3, Duration.ofMinutes(20))),
                List.of(
                        new GatherPolicy.Storm(patterns("safety.*"), AreaLevel.VILLAGE, 2, Duration.ofHours(1)),
                        new GatherPolicy.Storm(patterns("*"), AreaLevel.GRID, 3, Duration.ofHours(2))),
                List.of());
    }

    /** Of a random kind at a random place, in no ticket. */
    static Gathered one(String id, Instant opened, Random random) {
        return new Gathered(
                id,
                new Incident.Key("edge", among(SITES, random), "key-" + random.nextInt(25)),
                among(KINDS, random),
                new Gathered.At(
                        among(random.nextInt(20) == 0 ? TOPS : SOURCES, random),
                        among(GRIDS, random),
                        position(random)),
                new Gathered.Span(opened, opened, true),
                "event",
                null,
                GatherReason.OWN,
                null,
                severity(random));
    }

    static Severity severity(Random random) {
        return among(List.of(Severity.values()), random);
    }

    /** None, or one of some places in two towns, each of which lies in two of the cells that storms count in. */
    private static Place.@Nullable Position position(Random random) {
        return random.nextInt(3) == 0
                ? null
                : new Place.Position(112.84 + random.nextInt(2) * 0.6 + random.nextInt(20) / 1000.0, 35.5);
    }

    static <T> T among(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** What stands for a place where a storm of this level counts, by the words of the guide. */
    static String area(Gathered one, AreaLevel level) {
        String grid = one.at().grid();
        Place.Position position = one.at().position();
        if (!grid.isEmpty()) {
            boolean isVillage = level == AreaLevel.VILLAGE && AREAS.find(grid).isPresent();
            return isVillage ? grid.substring(0, 1) : grid;
        }
        return position == null
                ? "site " + one.key().site()
                : "around " + Math.round(position.longitude() * 10) + "/" + Math.round(position.latitude() * 10);
    }
}
