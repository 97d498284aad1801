package io.fengsui.hub.notify.ladder;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.protocol.Severity;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.ValueReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads ladders from their YAML file. */
public final class LadderReader {
    private static final int MOST_AGAIN = 20;

    private LadderReader() {}

    /** @param contacts that may be named; null when that is not to be checked */
    public static Optional<List<Ladder>> ladders(MapReader map, @Nullable Set<String> contacts) {
        List<Ladder> ladders = map.maps("ladders", one -> ladder(one, contacts));
        if (ladders.stream().map(Ladder::id).distinct().count() < ladders.size()) {
            map.problem("ladders", Problem.Code.VALUE, "two ladders have the same id", "each id once");
        }
        return map.finish(() -> ladders);
    }

    private static Optional<Ladder> ladder(MapReader map, @Nullable Set<String> contacts) {
        String id = map.id("id");
        List<KindPattern> kinds = map.list("kinds", KindPattern::read);
        Severity least = map.enumeration("min-severity", Severity.class, Severity.INFO);
        List<String> units = map.list("units", ValueReader::string);
        List<String> areas = map.list("areas", ValueReader::string);
        List<Ladder.Step> steps = map.maps("steps", step -> step(step, contacts));
        int again = map.integer("again", 0, MOST_AGAIN, 0);
        return map.finish(() -> new Ladder(id, new Ladder.Wants(kinds, least, units, areas), steps, again));
    }

    private static Optional<Ladder.Step> step(MapReader map, @Nullable Set<String> contacts) {
        Duration after = map.duration("after", Duration.ofSeconds(1), Duration.ofDays(7));
        List<String> all = map.list("tell", ValueReader::string);
        List<String> inTurn = map.list("tell-in-turn", ValueReader::string);
        List<String> named = all.isEmpty() ? inTurn : all;
        @Nullable
        AreaLevel leaderOf = map.value("tell-leader")
                .flatMap(value -> value.enumeration(AreaLevel.class))
                .orElse(null);
        if (leaderOf != null && all.isEmpty()) {
            map.problem(
                    "tell-leader",
                    Problem.Code.MISSING,
                    "where nobody leads the area, nobody would be told",
                    "tell: […] besides, for that");
        } else if (all.isEmpty() == inTurn.isEmpty()) {
            map.problem("tell", Problem.Code.VALUE, "a step has one of both", "tell or tell-in-turn");
        }
        if (contacts != null) {
            named.stream()
                    .filter(name -> !contacts.contains(name))
                    .forEach(name -> map.problem(
                            all.isEmpty() ? "tell-in-turn" : "tell",
                            Problem.Code.REFERENCE,
                            "there is no contact '" + name + "'",
                            "one of " + contacts.stream().sorted().toList()));
        }
        return map.finish(() -> new Ladder.Step(after, named, all.isEmpty(), leaderOf));
    }
}
