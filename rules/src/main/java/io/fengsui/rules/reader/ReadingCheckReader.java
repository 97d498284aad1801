package io.fengsui.rules.reader;

import io.fengsui.protocol.Severity;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleCheck.ReadingFilter;
import io.fengsui.rules.RuleCheck.Side;
import io.fengsui.rules.RuleCheck.Steadiness;
import io.fengsui.rules.RuleCheck.Threshold;
import io.fengsui.rules.RuleScope;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.condition.ConditionScope;
import io.fengsui.rules.series.Derivation;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem.Code;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the checks of readings. Confined to one thread. */
final class ReadingCheckReader {
    /** Keys of a rule that are checks of readings. */
    static final List<String> KEYS = List.of("threshold", "state", "rate", "use", "absence", "stuck");

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RuleScope scope;

    ReadingCheckReader(RuleScope scope) {
        this.scope = scope;
    }

    Optional<RuleCheck> read(String key, MapReader map) {
        return switch (key) {
            case "state" -> state(map);
            case "threshold" -> limits(map, Derivation.Value.PLAIN, 1);
            case "rate" -> {
                Duration window = map.duration("window", SECOND, Derivation.MAX_WINDOW);
                Duration per = map.duration("per", SECOND, Duration.ofDays(1), SECOND);
                yield limits(map, new Derivation.Rate(window), (double) per.toSeconds());
            }
            case "use" -> {
                Duration window = map.duration("window", SECOND, Derivation.MAX_WINDOW);
                double wrap = map.number("wrap", 0, 1e12, 0);
                double maxStep = map.number("max-step", 0, 1e12, 0);
                yield limits(map, new Derivation.Use(window, wrap, maxStep), 1);
            }
            case "absence" -> lasting(map, new Derivation.Silence());
            case "stuck" -> lasting(map, new Derivation.Same(map.number("tolerance", 0, 1e12, 0)));
            default -> throw new IllegalArgumentException("no check of readings: " + key);
        };
    }

    /** @param divisor from the limits as they are written to SI */
    private Optional<RuleCheck> limits(MapReader map, Derivation of, double divisor) {
        Optional<ReadingFilter> filter = readings(map);
        boolean isAbove = map.has("above");
        if (isAbove == map.has("below")) {
            map.problem("quantity", Code.VALUE, "a threshold has one limit, 'above' or 'below'", "one of the two");
        }
        Side side = isAbove ? Side.ABOVE : Side.BELOW;
        String limitKey = isAbove ? "above" : "below";
        double limit = map.number(limitKey, -1e12, 1e12, 0);
        double clear = map.number(isAbove ? "clear-below" : "clear-above", -1e12, 1e12, limit);
        Duration hold = RuleReader.time(map, "for", Duration.ZERO);
        List<RuleCheck.Step> steps = map.maps("steps", step -> {
            double at = step.number(limitKey, -1e12, 1e12);
            Severity severity = step.enumeration("severity", Severity.class);
            return step.finish(() -> new RuleCheck.Step(at / divisor, severity));
        });
        Optional<Steadiness> steadiness = steadiness(map);
        return map.finish(() -> new Threshold(
                filter.orElseThrow(),
                of,
                side,
                limit / divisor,
                clear / divisor,
                hold,
                steps,
                steadiness.orElseThrow()));
    }

    /** What must not last longer than {@code for}. */
    private Optional<RuleCheck> lasting(MapReader map, Derivation of) {
        Optional<ReadingFilter> filter = readings(map);
        Duration longest = map.duration("for", SECOND, Derivation.MAX_WINDOW);
        double limit = (double) longest.toSeconds();
        return map.finish(() -> new Threshold(
                filter.orElseThrow(), of, Side.ABOVE, limit, limit, Duration.ZERO, List.of(), Steadiness.NONE));
    }

    private Optional<RuleCheck> state(MapReader map) {
        Optional<ReadingFilter> filter = readings(map);
        Duration hold = RuleReader.time(map, "for", Duration.ZERO);
        Optional<Duration> off = map.value("off-delay")
                .flatMap(v -> v.duration(Duration.ofMillis(1), RuleCheck.MAX_TIME))
                .or(() -> filter.map(f -> scope.offDelays().get(f.quantity())));
        Optional<Steadiness> steadiness = steadiness(map);
        return map.finish(
                () -> new RuleCheck.State(filter.orElseThrow(), hold, off.orElse(null), steadiness.orElseThrow()));
    }

    private static Optional<Steadiness> steadiness(MapReader map) {
        Duration keep = RuleReader.time(map, "keep-firing-for", Duration.ZERO);
        int times = map.integer("times", 1, Steadiness.MAX_TIMES, 1);
        Duration within = RuleReader.time(map, "within", Duration.ZERO);
        if (times > 1 && within.isZero()) {
            map.problem("times", Code.MISSING, "several times need the time that they must lie within", "'within: 5m'");
            return Optional.empty();
        }
        return Optional.of(new Steadiness(keep, times, within));
    }

    private Optional<ReadingFilter> readings(MapReader map) {
        String quantity = map.id("quantity");
        List<String> sensors =
                RuleReader.known(map, "sensors", scope.quantities().keySet(), "sensor");
        for (String sensor : sensors) {
            Set<String> its = scope.quantities().getOrDefault(sensor, Set.of());
            if (!its.isEmpty() && !its.contains(quantity) && !quantity.isEmpty()) {
                map.problem(
                        "quantity",
                        Code.REFERENCE,
                        "sensor '" + sensor + "' does not measure '" + quantity + "'",
                        RuleReader.oneOf(its));
            }
        }
        Optional<Condition> when = RuleReader.when(map, ConditionScope.READING);
        boolean isWhole = !quantity.isEmpty() && when.isPresent();
        return isWhole ? Optional.of(new ReadingFilter(sensors, quantity, when.get())) : Optional.empty();
    }
}
