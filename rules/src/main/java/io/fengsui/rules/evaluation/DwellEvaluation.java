package io.fengsui.rules.evaluation;

import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleState;
import io.fengsui.rules.RuleState.ZoneState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides one step of a dwell rule. Made for one evaluation. */
final class DwellEvaluation {
    private final CompiledRule rule;
    private final RuleCheck.Dwell check;
    private final Moment now;

    DwellEvaluation(CompiledRule rule, RuleCheck.Dwell check, Moment now) {
        this.rule = rule;
        this.check = check;
        this.now = now;
    }

    static ZoneState fresh(Moment now) {
        return empty(now, Watch.firstInterval());
    }

    private static ZoneState empty(Moment now, long interval) {
        return new ZoneState(now, RuleState.NEVER, 0, false, RuleState.NEVER, 0, interval, 0, false, RuleState.NEVER);
    }

    Outcome evaluate(ZoneState state, RuleInput input) {
        return switch (input) {
            case RuleInput.Sighting sighting -> onPicture(state, sighting);
            case RuleInput.Tick _ -> onTick(state);
            case RuleInput.Sample _, RuleInput.Word _ -> Outcome.nothing(state, RuleReason.NOTHING);
        };
    }

    private Outcome onTick(ZoneState state) {
        if (!state.isOccupied() || now.steadyNanos() < Watch.limit(rule, state.last(), state.isOpen())) {
            return Outcome.nothing(state, state.isOpen() ? RuleReason.OPEN : RuleReason.NOTHING);
        }
        ZoneState emptied = empty(state.last(), state.intervalNanos());
        return end(state, emptied, RuleReason.UNWATCHED, "no picture for " + seconds(sinceLast(state)));
    }

    private Outcome onPicture(ZoneState given, RuleInput.Sighting sighting) {
        long elapsed = sinceLast(given);
        if (elapsed < 0) {
            return Outcome.nothing(given, RuleReason.OUT_OF_ORDER);
        }
        Outcome late = onTick(given);
        ZoneState state = (ZoneState) late.state();
        ObjectTest.Rigour rigour = state.isBelieved() ? ObjectTest.Rigour.GOES_ON : ObjectTest.Rigour.FULL;
        List<Detection> present = ObjectTest.eachOnce(ObjectTest.pick(rule, check.filter(), sighting, rigour));
        Outcome seen = present.size() < check.atLeast()
                ? onAbsence(watched(state, elapsed))
                : onPresence(state, elapsed, present);
        return late.findings().isEmpty() ? seen : both(late, seen);
    }

    private Outcome onPresence(ZoneState state, long elapsed, List<Detection> present) {
        ZoneState seen = watched(state, elapsed);
        boolean isFirst = !seen.isOccupied();
        int hits = Math.min(seen.hits() + 1, check.inertia());
        ZoneState next = new ZoneState(
                now,
                isFirst ? now.steadyNanos() : seen.since(),
                hits,
                seen.isBelieved() || hits >= check.inertia(),
                RuleState.NEVER,
                0,
                seen.intervalNanos(),
                isFirst ? 0 : seen.unwatchedNanos(),
                seen.isOpen(),
                seen.toldAt());
        long stayed = now.steadyNanos() - next.since();
        if (next.isOpen()) {
            return isNewsDue(next)
                    ? told(next, Change.UPDATED, RuleReason.STILL_SO, present)
                    : Outcome.nothing(next, RuleReason.OPEN);
        }
        if (next.isBelieved() && stayed >= check.time().toNanos()) {
            return told(next, Change.BEGUN, check.atLeast() > 1 ? RuleReason.CROWDED : RuleReason.DWELLED, present);
        }
        return Outcome.nothing(next, RuleReason.PENDING);
    }

    private Outcome onAbsence(ZoneState state) {
        if (!state.isOccupied()) {
            return Outcome.nothing(state, RuleReason.NOTHING);
        }
        if (!state.isBelieved() && state.hits() <= 1) {
            return Outcome.nothing(empty(now, state.intervalNanos()), RuleReason.NOTHING);
        }
        long absentSince = state.absentSince() == RuleState.NEVER ? now.steadyNanos() : state.absentSince();
        ZoneState next = new ZoneState(
                now,
                state.since(),
                state.isBelieved() ? state.hits() : state.hits() - 1,
                state.isBelieved(),
                absentSince,
                state.misses() + 1,
                state.intervalNanos(),
                state.unwatchedNanos(),
                state.isOpen(),
                state.toldAt());
        long absent = now.steadyNanos() - absentSince;
        if (next.misses() < Watch.LEAST_MISSES || absent < Watch.grace(check.exitGrace(), state.intervalNanos())) {
            return Outcome.nothing(next, RuleReason.GRACE);
        }
        String detail = "not seen in " + next.misses() + " pictures over " + seconds(absent);
        return end(next, empty(now, state.intervalNanos()), RuleReason.LEFT, detail);
    }

    /** The state with one more picture counted into interval and pauses. */
    private ZoneState watched(ZoneState s, long elapsed) {
        boolean isPause = s.isOccupied() && Watch.isPause(s.intervalNanos(), elapsed);
        return new ZoneState(
                now,
                s.since(),
                s.hits(),
                s.isBelieved(),
                isPause ? RuleState.NEVER : s.absentSince(),
                isPause ? 0 : s.misses(),
                Watch.interval(s.intervalNanos(), elapsed),
                isPause ? s.unwatchedNanos() + elapsed : s.unwatchedNanos(),
                s.isOpen(),
                s.toldAt());
    }

    private Outcome told(ZoneState s, Change change, RuleReason reason, List<Detection> present) {
        ZoneState next = new ZoneState(
                s.last(),
                s.since(),
                s.hits(),
                s.isBelieved(),
                s.absentSince(),
                s.misses(),
                s.intervalNanos(),
                s.unwatchedNanos(),
                true,
                now.steadyNanos());
        List<Reason> why = List.of(
                new Reason(
                        "zone",
                        "occupied",
                        zoneName() + ": " + present.size() + " inside, inertia " + s.hits() + "/" + check.inertia()),
                ruleReason(
                        reason,
                        "stayed " + seconds(stayed(s)) + " of "
                                + seconds(check.time().toNanos())));
        return new Outcome(next, reason, List.of(finding(change, reason, attributes(s, present), present, why)));
    }

    private Outcome end(ZoneState before, ZoneState after, RuleReason reason, String detail) {
        if (!before.isOpen()) {
            return Outcome.nothing(after, RuleReason.NOTHING);
        }
        List<Reason> why = List.of(
                new Reason("zone", reason == RuleReason.LEFT ? "empty" : "unwatched", zoneName() + ": " + detail),
                ruleReason(reason, "stayed " + seconds(stayed(before))));
        Finding finding = finding(Change.ENDED, reason, attributes(before, List.of()), List.of(), why);
        return new Outcome(after, reason, List.of(finding));
    }

    private Finding finding(
            Change change, RuleReason reason, Map<String, String> attributes, List<Detection> seen, List<Reason> why) {
        return new Finding(change, reason, rule.definition().severity(), attributes, seen, why);
    }

    private Map<String, String> attributes(ZoneState s, List<Detection> present) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put(
                "dwell-seconds", Long.toString(Duration.ofNanos(stayed(s)).toSeconds()));
        if (!present.isEmpty()) {
            attributes.put("count", Integer.toString(present.size()));
            attributes.put("label", present.getFirst().label());
        }
        if (s.unwatchedNanos() > 0) {
            attributes.put(
                    "unwatched-seconds",
                    Long.toString(Duration.ofNanos(s.unwatchedNanos()).toSeconds()));
        }
        return attributes;
    }

    private Reason ruleReason(RuleReason reason, String detail) {
        return new Reason("rule", reason.code(), rule.definition().id() + ": " + detail);
    }

    private boolean isNewsDue(ZoneState s) {
        long lease = rule.definition().lease().toNanos();
        return lease > 0 && now.steadyNanos() - s.toldAt() >= lease / 2;
    }

    /** Until it was last seen; until now while it is seen. */
    private long stayed(ZoneState s) {
        long until = s.absentSince() == RuleState.NEVER ? s.last().steadyNanos() : s.absentSince();
        return Math.max(0, until - s.since());
    }

    private long sinceLast(ZoneState s) {
        return now.steadyNanos() - s.last().steadyNanos();
    }

    private String zoneName() {
        return rule.zoneId().isEmpty() ? "the whole picture" : rule.zoneId();
    }

    private static Outcome both(Outcome first, Outcome second) {
        return new Outcome(
                second.state(),
                first.reason(),
                java.util.stream.Stream.concat(first.findings().stream(), second.findings().stream())
                        .toList());
    }

    static String seconds(long nanos) {
        return String.format(java.util.Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
