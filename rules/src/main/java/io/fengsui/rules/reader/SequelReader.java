package io.fengsui.rules.reader;

import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.Sequel;
import io.fengsui.rules.series.Derivation;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code show} and {@code ask} of a rule. Confined to one thread. */
final class SequelReader {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RuleScope scope;

    SequelReader(RuleScope scope) {
        this.scope = scope;
    }

    Optional<Sequel> read(MapReader map, Optional<RuleCheck> check) {
        List<String> show = RuleReader.known(map, "show", scope.zones().keySet(), "camera");
        boolean isOfPictures =
                check.filter(RuleCheck.InPicture.class::isInstance).isPresent();
        if (isOfPictures && (map.has("show") || map.has("ask"))) {
            map.problem(
                    map.has("ask") ? "ask" : "show",
                    Code.VALUE,
                    "a rule of pictures shows its own and asks nothing",
                    "it at a rule of readings");
        }
        if (!map.has("ask")) {
            return Optional.of(new Sequel(show, Optional.empty()));
        }
        Duration usual = check.map(SequelReader::window).orElse(Duration.ofHours(24));
        return map.map("ask").flatMap(in -> ask(in, usual)).map(ask -> new Sequel(show, Optional.of(ask)));
    }

    /** Cameras of other boxes are not known here: their names are taken as they are. */
    private Optional<Sequel.Ask> ask(MapReader in, Duration usual) {
        List<String> cameras = in.strings("cameras");
        String zone = in.string("zone", "");
        List<String> labels =
                in.has("labels") ? RuleReader.known(in, "labels", scope.labels(), "label") : List.of("person");
        Duration window = in.duration("window", SECOND, Derivation.MAX_WINDOW, usual);
        double watched = in.number("min-watched", 0.01, 1, Sequel.Ask.USUAL_MIN_WATCHED);
        for (String camera : cameras) {
            List<String> zones = scope.zones().get(camera);
            if (zones != null && !zone.isEmpty() && !zones.contains(zone)) {
                in.problem(
                        "zone",
                        Code.REFERENCE,
                        "camera '" + camera + "' has no zone '" + zone + "'",
                        RuleReader.oneOf(zones));
            }
        }
        return in.finish(() -> new Sequel.Ask(cameras, zone, labels, window, watched));
    }

    /** The window of a counter is the window of the question too. */
    private static Duration window(RuleCheck check) {
        return check instanceof RuleCheck.Threshold t && t.of() instanceof Derivation.Use use
                ? use.window()
                : Duration.ofHours(24);
    }
}
