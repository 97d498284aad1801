package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.correlate.gather.GatherDecider.Decision;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What {@link GatherDecider} decides, as plainly as its rules can be written: each asks every other incident. */
final class LookingAtAll {
    private final GatherPolicy policy;
    private final WorkedOn workedOn;
    private final Instant now;
    private final List<Gathered> others;

    /** @param others oldest first, without the one that is asked about */
    LookingAtAll(GatherPolicy policy, WorkedOn workedOn, List<Gathered> others, Instant now) {
        this.policy = policy;
        this.workedOn = workedOn;
        this.now = now;
        this.others = others;
    }

    Decision decide(GatherDecider.Asked asked) {
        Gathered one = asked.one();
        if (asked.announced() != null) {
            return new Decision(GatherReason.MAINTENANCE, null, asked.announced());
        }
        boolean hasLasted = one.span().opened().isBefore(one.span().last());
        if (one.held() != null && !one.span().isOpen() && hasLasted) {
            return new Decision(GatherReason.OVER_MEANWHILE, null, null);
        }
        return Optional.ofNullable(causeOfOthers(one))
                .or(() -> Optional.ofNullable(effect(one)))
                .or(() -> Optional.ofNullable(flapping(one)))
                .or(() -> Optional.ofNullable(sameThing(one)))
                .or(() -> Optional.ofNullable(storm(one, asked.severity())))
                .orElse(Decision.OWN);
    }

    private Optional<WorkedOn.Work> work(Gathered other) {
        return Optional.ofNullable(other.ticket()).flatMap(workedOn::find);
    }

    private List<Gathered> alive(Predicate<Gathered> wanted) {
        return others.stream()
                .filter(other -> work(other).isPresent())
                .filter(wanted)
                .toList();
    }

    private static @Nullable Decision join(GatherReason reason, List<Gathered> found) {
        return found.isEmpty() ? null : new Decision(reason, found.getLast().ticket(), null);
    }

    private boolean isOver(Gathered other, Duration within) {
        return !other.span().isOpen() && other.span().last().isBefore(now.minus(within));
    }

    private @Nullable Decision causeOfOthers(Gathered one) {
        return join(
                GatherReason.CAUSE_OF_OTHERS,
                alive(other -> other.span().isOpen()
                        && GatherPolicy.matches(policy.cause().kinds(), other.kind())
                        && policy.cause()
                                .above(other.at().source())
                                .contains(one.at().source())
                        && List.of(GatherReason.COMMON_CAUSE, GatherReason.INHIBITED)
                                .contains(other.reason())));
    }

    private @Nullable Decision effect(Gathered one) {
        GatherPolicy.Cause cause = policy.cause();
        List<String> above = cause.above(one.at().source());
        if (above.isEmpty() || !GatherPolicy.matches(cause.kinds(), one.kind())) {
            return null;
        }
        Decision down = join(
                GatherReason.INHIBITED,
                alive(other ->
                        other.span().isOpen() && above.contains(other.at().source())));
        if (down != null) {
            return down;
        }
        if (one.held() == null && cause.delay().isPositive()) {
            return new Decision(GatherReason.WAITS_FOR_CAUSE, null, now.plus(cause.delay()));
        }
        Predicate<Gathered> isSibling = other -> other.span().isOpen()
                && other.kind().equals(one.kind())
                && cause.above(other.at().source()).contains(above.getFirst());
        if (others.stream().filter(isSibling).count() + 1 < cause.common()) {
            return null;
        }
        Decision sibling = join(GatherReason.COMMON_CAUSE, alive(isSibling));
        return sibling == null ? new Decision(GatherReason.COMMON_CAUSE, null, null) : sibling;
    }

    private @Nullable Decision flapping(Gathered one) {
        for (GatherPolicy.Flap flap : policy.flapping()) {
            List<Gathered> same = alive(other -> other.key().equals(one.key()) && !isOver(other, flap.within()));
            if (GatherPolicy.matches(flap.kinds(), one.kind()) && same.size() + 1 >= flap.times() && !same.isEmpty()) {
                return join(GatherReason.FLAPPING, same);
            }
        }
        return null;
    }

    private @Nullable Decision sameThing(Gathered one) {
        for (GatherPolicy.SameThing rule : policy.sameThing()) {
            List<Gathered> near = alive(other -> GatherPolicy.matches(rule.kinds(), other.kind())
                    && !isOver(other, rule.within())
                    && !other.key().equals(one.key())
                    && isNear(one.at(), other.at(), rule.metres()));
            if (GatherPolicy.matches(rule.kinds(), one.kind()) && !near.isEmpty()) {
                return join(GatherReason.SAME_THING, near);
            }
        }
        return null;
    }

    /** Places of {@link TestIncidents} lie on one parallel, 90.6 m to a thousandth of a degree. */
    private static boolean isNear(Gathered.At a, Gathered.At b, double metres) {
        Place.Position from = a.position();
        Place.Position to = b.position();
        if (from == null || to == null) {
            return !a.grid().isEmpty() && a.grid().equals(b.grid());
        }
        return Math.abs(to.longitude() - from.longitude()) * 90_520 <= metres;
    }

    private @Nullable Decision storm(Gathered one, Severity severity) {
        for (GatherPolicy.Storm storm : policy.storms()) {
            Instant since = now.minus(storm.within());
            List<Gathered> here = alive(other -> other.kind().equals(one.kind())
                    && TestIncidents.area(other, storm.level()).equals(TestIncidents.area(one, storm.level()))
                    && work(other).orElseThrow().severity().isAtLeast(severity)
                    && !work(other).orElseThrow().opened().isBefore(since));
            long tickets = here.stream().map(Gathered::ticket).distinct().count();
            if (GatherPolicy.matches(storm.kinds(), one.kind()) && tickets >= storm.most()) {
                return join(GatherReason.STORM, here);
            }
        }
        return null;
    }
}
