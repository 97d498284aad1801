package io.fengsui.hub.correlate.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What work of the file holds back, and what it lets go when that becomes worse. */
class WorksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");
    private static final Instant END = Instant.parse("2026-11-23T02:00:00Z");

    private static GatherDecider.Rules rules(String kinds, String sources) {
        GatherPolicy.Maintenance work = new GatherPolicy.Maintenance(
                List.of(new KindPattern(kinds)),
                sources.isEmpty() ? List.of() : List.of(sources.split(" ")),
                List.of(),
                new GatherPolicy.Once(NOW.minusSeconds(60), END));
        GatherPolicy none = GatherPolicy.NONE;
        return new GatherDecider.Rules(
                new GatherPolicy(none.sameThing(), none.cause(), none.flapping(), none.storms(), List.of(work)),
                AreaBook.EMPTY,
                ZoneId.of("Asia/Shanghai"));
    }

    private static Gathered one(String kind, GatherReason reason, @Nullable Instant held) {
        return new Gathered(
                "i-1",
                new Incident.Key("edge-1", "site-1", "key"),
                new EventKind(kind),
                new Gathered.At("smoke-1", "", null),
                new Gathered.Span(NOW.minusSeconds(10), NOW, true),
                "event-1",
                null,
                reason,
                held,
                Severity.MAJOR);
    }

    @ParameterizedTest
    @CsvSource({
        "fire.*, '', fire.smoke, MINOR, false",
        "fire.*, smoke-1, fire.smoke, CRITICAL, true",
        "fire.*, smoke-2 smoke-3, fire.smoke, MINOR, false",
        "'*', smoke-1, fire.smoke, CRITICAL, true",
        "'*', '', fire.smoke, MINOR, false",
        "'*', '', safety.crowd, MAJOR, true",
        "'*', '', safety.crowd, CRITICAL, false",
        "safety.*, '', safety.help, MAJOR, false",
        "safety.*, '', safety.intrusion, MAJOR, true",
        "water.*, '', water.level.high, MINOR, false",
        "water.*, '', water.leak, MAJOR, true",
        "water.*, '', water.leak, CRITICAL, false",
        "health.*, '', health.edge.silent, CRITICAL, true",
    })
    void whatLivesHangOnIsHeldBackOnlyWhereItsSourceIsNamed(
            String kinds, String sources, String kind, Severity severity, boolean isHeld) {
        GatherDecider.Asked asked = new GatherDecider.Asked(one(kind, GatherReason.OWN, null), severity, null);
        assertThat(Works.until(asked, rules(kinds, sources), NOW)).isEqualTo(isHeld ? END : null);
    }

    @ParameterizedTest
    @CsvSource({
        "water.*, '', water.leak, MAINTENANCE, MAJOR, true",
        "water.*, '', water.leak, MAINTENANCE, CRITICAL, false",
        "water.*, smoke-1, water.leak, MAINTENANCE, CRITICAL, true",
        // By word of the file it waits no longer; for its end it waits all the same, as before.
        "traffic.*, '', water.leak, MAINTENANCE, MAJOR, true",
        "water.*, '', water.leak, WAITS_FOR_CAUSE, CRITICAL, true",
    })
    void whatBecomesCriticalWaitsNoLonger(
            String kinds, String sources, String kind, GatherReason reason, Severity severity, boolean waits) {
        GatherDecider.Asked asked = new GatherDecider.Asked(one(kind, reason, END), severity, null);
        Gathered then = Works.freed(asked, rules(kinds, sources), NOW).one();
        assertThat(then.held()).isEqualTo(waits ? END : null);
    }
}
