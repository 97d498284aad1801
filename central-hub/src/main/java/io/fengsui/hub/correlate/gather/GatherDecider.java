package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of an incident that has no ticket. Pure. */
final class GatherDecider {
    private static final double EARTH_METRES = 6_371_000;
    /** In a degree: each is 11 km high, and 9 km wide in the middle of China. */
    private static final double CELLS = 10;

    private GatherDecider() {}

    /**
     * @param ticket to join; null: one of its own, or none yet
     * @param until held till then; null when not held
     */
    record Decision(
            GatherReason reason,
            @Nullable String ticket,
            @Nullable Instant until) {
        static final Decision OWN = new Decision(GatherReason.OWN, null, null);

        static Decision join(GatherReason reason, Gathered other) {
            return new Decision(reason, other.ticket(), null);
        }
    }

    /** What it goes by. */
    record Rules(GatherPolicy policy, AreaBook areas, ZoneId zone) {}

    /**
     * An incident, and how severe it is now.
     *
     * @param announced when the work is over that people announced at a desk and that holds it back; null: none does
     */
    record Asked(Gathered one, Severity severity, @Nullable Instant announced) {}

    /** The other incidents of the last time, always oldest first and without the one that is asked about. */
    interface Others {
        /** Those that have any of these, which are all of one sort. */
        List<Gathered> of(Collection<? extends IncidentIndex.Trait> traits);

        /** Of any kind that one of the patterns names. */
        List<Gathered> ofKinds(List<KindPattern> patterns);
    }

    /** Which of the other incidents have tickets that somebody works on, and what each of these tickets is. */
    private static final class Alive {
        private final Others others;
        private final WorkedOn workedOn;
        /** Many share a few tickets. */
        private final Map<String, Optional<WorkedOn.Work>> tickets = new HashMap<>();

        Alive(Others others, WorkedOn workedOn) {
            this.others = others;
            this.workedOn = workedOn;
        }

        /** The last of these that is wanted; its ticket is asked for last, which costs most. */
        @Nullable
        Gathered last(List<Gathered> from, Predicate<Gathered> wanted) {
            for (Gathered one : from.reversed()) {
                if (wanted.test(one) && isWorkedOn(one)) {
                    return one;
                }
            }
            return null;
        }

        boolean isWorkedOn(Gathered one) {
            return work(one).isPresent();
        }

        private Optional<WorkedOn.Work> work(Gathered one) {
            return one.ticket() == null ? Optional.empty() : tickets.computeIfAbsent(one.ticket(), workedOn::find);
        }

        /** Whether its ticket is at least so severe, and was opened since then. */
        boolean isTicket(Gathered other, Severity severity, Instant since) {
            return work(other)
                    .filter(ticket -> ticket.severity().isAtLeast(severity)
                            && !ticket.opened().isBefore(since))
                    .isPresent();
        }
    }

    static Decision decide(Asked asked, Others others, Rules rules, WorkedOn workedOn, Instant now) {
        Gathered one = asked.one();
        Instant works = Works.until(asked, rules, now);
        if (works != null) {
            return new Decision(GatherReason.MAINTENANCE, null, works);
        }
        if (one.held() != null
                && !one.span().isOpen()
                && one.span().opened().isBefore(one.span().last())) {
            return new Decision(GatherReason.OVER_MEANWHILE, null, null);
        }
        Alive alive = new Alive(others, workedOn);
        Decision decision = cause(one, alive, rules.policy().cause(), now);
        if (decision == null) {
            decision = flapping(one, alive, rules.policy(), now);
        }
        if (decision == null) {
            decision = sameThing(one, alive, rules.policy(), now);
        }
        if (decision == null) {
            decision = storm(asked, alive, rules, now);
        }
        return decision == null ? Decision.OWN : decision;
    }

    private static @Nullable Decision cause(Gathered one, Alive alive, GatherPolicy.Cause cause, Instant now) {
        String source = one.at().source();
        if (cause.isOnTop(source)) {
            Gathered below = alive.last(
                    alive.others.of(List.of(new IncidentIndex.OpenBelow(source))),
                    other -> other.reason() == GatherReason.COMMON_CAUSE || other.reason() == GatherReason.INHIBITED);
            if (below != null) {
                return Decision.join(GatherReason.CAUSE_OF_OTHERS, below);
            }
        }
        List<String> above = cause.above(source);
        if (above.isEmpty() || !GatherPolicy.matches(cause.kinds(), one.kind())) {
            return null;
        }
        Gathered down = alive.last(
                alive.others.of(above.stream().map(IncidentIndex.OpenAt::new).toList()), other -> true);
        if (down != null) {
            return Decision.join(GatherReason.INHIBITED, down);
        }
        if (one.held() == null && cause.delay().isPositive()) {
            return new Decision(GatherReason.WAITS_FOR_CAUSE, null, now.plus(cause.delay()));
        }
        List<Gathered> siblings = alive.others.of(List.of(new IncidentIndex.OpenBelow(above.getFirst()))).stream()
                .filter(other -> other.kind().equals(one.kind()))
                .toList();
        if (siblings.size() + 1 < cause.common()) {
            return null;
        }
        Gathered sibling = alive.last(siblings, other -> true);
        return sibling == null
                ? new Decision(GatherReason.COMMON_CAUSE, null, null)
                : Decision.join(GatherReason.COMMON_CAUSE, sibling);
    }

    private static @Nullable Decision flapping(Gathered one, Alive alive, GatherPolicy policy, Instant now) {
        for (GatherPolicy.Flap flap : policy.flapping()) {
            if (GatherPolicy.matches(flap.kinds(), one.kind())) {
                List<Gathered> same = alive.others.of(List.of(new IncidentIndex.OfKey(one.key()))).stream()
                        .filter(other -> isWithin(other, flap.within(), now) && alive.isWorkedOn(other))
                        .toList();
                if (!same.isEmpty() && same.size() + 1 >= flap.times()) {
                    return Decision.join(GatherReason.FLAPPING, same.getLast());
                }
            }
        }
        return null;
    }

    private static @Nullable Decision sameThing(Gathered one, Alive alive, GatherPolicy policy, Instant now) {
        for (GatherPolicy.SameThing rule : policy.sameThing()) {
            if (GatherPolicy.matches(rule.kinds(), one.kind())) {
                Gathered other = alive.last(
                        alive.others.ofKinds(rule.kinds()),
                        candidate -> isWithin(candidate, rule.within(), now)
                                && !candidate.key().equals(one.key())
                                && isNear(one.at(), candidate.at(), rule.metres()));
                if (other != null) {
                    return Decision.join(GatherReason.SAME_THING, other);
                }
            }
        }
        return null;
    }

    /**
     * Each kind counts for itself, and of its tickets only those that were opened within the storm's time and are at least as
     * severe count, and take more.
     */
    private static @Nullable Decision storm(Asked asked, Alive alive, Rules rules, Instant now) {
        Gathered one = asked.one();
        for (IncidentIndex.OfArea area : areas(one, rules.policy(), rules.areas())) {
            GatherPolicy.Storm storm = rules.policy().storms().get(area.storm());
            Instant since = now.minus(storm.within());
            Gathered newest = null;
            Set<@Nullable String> tickets = new HashSet<>();
            for (Gathered other : alive.others.of(List.of(area)).reversed()) {
                if (alive.isTicket(other, asked.severity(), since)) {
                    newest = newest == null ? other : newest;
                    tickets.add(other.ticket());
                    if (tickets.size() >= storm.most()) {
                        return Decision.join(GatherReason.STORM, newest);
                    }
                }
            }
        }
        return null;
    }

    /** By what an incident may belong to others, by the policy. */
    static List<IncidentIndex.Trait> traits(Gathered one, GatherPolicy policy, AreaBook areas) {
        List<IncidentIndex.Trait> found = new ArrayList<>(areas(one, policy, areas));
        if (one.span().isOpen() && GatherPolicy.matches(policy.cause().kinds(), one.kind())) {
            policy.cause().above(one.at().source()).forEach(above -> found.add(new IncidentIndex.OpenBelow(above)));
        }
        return found;
    }

    /** In which an incident counts, by each storm that is for its kind, in their order. */
    private static List<IncidentIndex.OfArea> areas(Gathered one, GatherPolicy policy, AreaBook areas) {
        List<IncidentIndex.OfArea> found = new ArrayList<>();
        for (int i = 0; i < policy.storms().size(); i++) {
            GatherPolicy.Storm storm = policy.storms().get(i);
            if (GatherPolicy.matches(storm.kinds(), one.kind())) {
                found.add(new IncidentIndex.OfArea(i, one.kind(), area(one, storm, areas)));
            }
        }
        return found;
    }

    private static String area(Gathered one, GatherPolicy.Storm storm, AreaBook areas) {
        String grid = one.at().grid();
        if (grid.isEmpty()) {
            return surroundings(one);
        }
        for (Area area : areas.path(grid)) {
            if (area.level() == storm.level()) {
                return area.code();
            }
        }
        return grid;
    }

    /** Instead of an area, for what has no grid: a tenth of a degree around its position, or its site. No code of an area is like it. */
    private static String surroundings(Gathered one) {
        Place.Position position = one.at().position();
        return position == null
                ? " " + one.key().site()
                : " " + Math.round(position.longitude() * CELLS) + " " + Math.round(position.latitude() * CELLS);
    }

    private static boolean isWithin(Gathered other, Duration within, Instant now) {
        return other.span().isOpen() || !other.span().last().isBefore(now.minus(within));
    }

    /** By distance where both have a position, by grid otherwise. */
    private static boolean isNear(Gathered.At a, Gathered.At b, double metres) {
        Place.Position from = a.position();
        Place.Position to = b.position();
        if (from == null || to == null) {
            return !a.grid().isEmpty() && a.grid().equals(b.grid());
        }
        double north = Math.toRadians(to.latitude() - from.latitude());
        if (Math.abs(north) * EARTH_METRES > metres) {
            return false; // most are, and what follows costs far more
        }
        double east = Math.toRadians(to.longitude() - from.longitude())
                * Math.cos(Math.toRadians((to.latitude() + from.latitude()) / 2));
        return Math.hypot(north, east) * EARTH_METRES <= metres;
    }
}
