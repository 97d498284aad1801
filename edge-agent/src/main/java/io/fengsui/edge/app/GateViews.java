package io.fengsui.edge.app;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.edge.config.CameraEntry;
import io.fengsui.edge.gate.GateSettings.Interest;
import io.fengsui.edge.gate.GateSettings.Pace;
import io.fengsui.rules.LineCheck;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleDefinition;
import io.fengsui.rules.Sequel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the rules want to see of each camera. Pure. */
final class GateViews {
    /** Longest time between two looks for what does not move. */
    static final Duration SLOWEST = Duration.ofSeconds(30);

    /** With a look every two seconds a rule believes in emptiness after two and a half of them. */
    private static final Duration LEAST_EMPTINESS = Duration.ofMillis(6500);

    private static final Duration MOST_EMPTINESS = Duration.ofSeconds(55);
    /** What crosses a line or piles up is followed closely for as long as it is there. */
    private static final Duration ALWAYS = Duration.ofDays(1);
    /** Sights that a rule wants before it begins to believe. */
    private static final Duration A_SIGHT = Duration.ofMillis(500);

    private static final Duration FASTEST = Duration.ofSeconds(5);
    private static final List<String> SLOW_KINDS = List.of("fire.", "water.");

    private GateViews() {}

    static Interest interest(AgentSettings settings, CameraEntry camera) {
        Set<String> labels = new HashSet<>();
        Set<String> slow = new HashSet<>();
        Duration timetable = Duration.ZERO;
        Duration emptiness = LEAST_EMPTINESS;
        Duration undecided = Duration.ZERO;
        for (RuleDefinition rule : settings.rules()) {
            rule.sequel().ask().filter(ask -> isAsked(ask, camera)).ifPresent(ask -> labels.addAll(ask.labels()));
            if (rule.check() instanceof RuleCheck.InPicture check && concerns(check.filter(), camera)) {
                labels.addAll(check.filter().labels());
                labels.addAll(owners(check));
                slow.addAll(slow(rule, check));
                timetable = sooner(timetable, timetable(rule));
                emptiness = longer(emptiness, shortened(exitGrace(check)));
                undecided = longer(undecided, undecided(check));
            }
        }
        return new Interest(
                labels,
                slow,
                timetable,
                camera.gate().interest().auditShare(),
                new Pace(emptiness, undecided),
                camera.masks());
    }

    /** How long a rule wants to see emptiness before it believes it. */
    private static Duration exitGrace(RuleCheck.InPicture check) {
        return switch (check) {
            case RuleCheck.Dwell dwell -> dwell.exitGrace();
            case RuleCheck.Stopped stopped -> stopped.exitGrace();
            case LineCheck _ -> Duration.ZERO;
        };
    }

    /** How long a rule needs close looks after something came. */
    private static Duration undecided(RuleCheck.InPicture check) {
        return switch (check) {
            case RuleCheck.Dwell dwell -> {
                boolean isOfOne = dwell.atLeast() == 1;
                Duration sights = A_SIGHT.multipliedBy(dwell.inertia() - 1L);
                yield isOfOne
                        ? longer(
                                dwell.time().isZero()
                                        ? Duration.ZERO
                                        : dwell.time().plus(A_SIGHT),
                                sights)
                        : ALWAYS;
            }
            case RuleCheck.Stopped stopped -> stopped.time().plus(A_SIGHT);
            case LineCheck _ -> ALWAYS;
        };
    }

    /** Who is near a thing matters as much as the thing. */
    private static List<String> owners(RuleCheck.InPicture check) {
        return check instanceof RuleCheck.Stopped stopped ? stopped.attended().labels() : List.of();
    }

    /** A question whose answer is "nobody" rests on having looked for somebody. */
    private static boolean isAsked(Sequel.Ask ask, CameraEntry camera) {
        return ask.cameras().isEmpty()
                ? !camera.subject().isEmpty()
                : ask.cameras().contains(camera.id());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shortened(Duration emptiness) {
        return emptiness.compareTo(MOST_EMPTINESS) > 0 ? MOST_EMPTINESS : emptiness;
    }

    private static boolean concerns(RuleCheck.ObjectFilter filter, CameraEntry camera) {
        boolean isNamed = filter.cameras().isEmpty() || filter.cameras().contains(camera.id());
        boolean hasZone = filter.zone().isEmpty()
                || camera.zones().stream().anyMatch(zone -> zone.id().equals(filter.zone()));
        return isNamed && hasZone;
    }

    /** Smoke, water and what stands still are no movement: they are looked for by the clock. */
    private static Duration timetable(RuleDefinition rule) {
        if (rule.check() instanceof RuleCheck.Stopped stopped) {
            Duration third = stopped.time().dividedBy(3);
            return third.compareTo(FASTEST) < 0 ? FASTEST : third.compareTo(SLOWEST) > 0 ? SLOWEST : third;
        }
        return isSlow(rule) ? FASTEST.multipliedBy(2) : Duration.ZERO;
    }

    /** Smoke and water change their shape and never stand still: a mask of movement hides them nowhere. */
    private static List<String> slow(RuleDefinition rule, RuleCheck.InPicture check) {
        boolean isStopped = check instanceof RuleCheck.Stopped;
        return isSlow(rule) && !isStopped ? check.filter().labels() : List.of();
    }

    private static boolean isSlow(RuleDefinition rule) {
        return SLOW_KINDS.stream().anyMatch(rule.kind().value()::startsWith);
    }

    private static Duration sooner(Duration one, Duration other) {
        if (one.isZero() || other.isZero()) {
            return one.isZero() ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }
}
