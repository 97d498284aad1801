package io.fengsui.hub.correlate.gather;

import io.fengsui.hub.grid.LifeSafety;
import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which incidents announced work holds back: none that lives hang on, unless it names the very source. Pure. */
final class Works {
    private Works() {}

    /** When the work is over that holds it back; null when none does. */
    static @Nullable Instant until(GatherDecider.Asked asked, GatherDecider.Rules rules, Instant now) {
        Gathered one = asked.one();
        Stream<Instant> ofFile = rules.policy().works().stream()
                .filter(work -> isOf(work, one, rules) && mayWait(work, one, asked.severity()))
                .map(work -> work.hours().end(now, rules.zone()))
                .filter(Objects::nonNull);
        return Stream.concat(ofFile, Stream.ofNullable(asked.announced()))
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static boolean isOf(GatherPolicy.Maintenance work, Gathered one, GatherDecider.Rules rules) {
        String grid = one.at().grid();
        return GatherPolicy.matches(work.kinds(), one.kind())
                && (work.sources().isEmpty() || work.sources().contains(one.at().source()))
                && (work.areas().isEmpty()
                        || work.areas().stream().anyMatch(area -> rules.areas().isWithin(grid, area)));
    }

    private static boolean mayWait(GatherPolicy.Maintenance work, Gathered one, Severity severity) {
        return LifeSafety.mayWait(work.sources(), one.at().source(), one.kind(), severity);
    }

    /** The same, and it waits no longer if it waited for work and has become so severe that none holds it back. */
    static GatherDecider.Asked freed(GatherDecider.Asked asked, GatherDecider.Rules rules, Instant now) {
        Gathered one = asked.one();
        boolean isFree = one.held() != null
                && one.held().isAfter(now)
                && one.reason() == GatherReason.MAINTENANCE
                && LifeSafety.concerns(one.kind(), asked.severity())
                && until(asked, rules, now) == null;
        return isFree ? new GatherDecider.Asked(one.with(null, GatherReason.OWN, null), asked.severity(), null) : asked;
    }
}
