package io.fengsui.hub.correlate.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.protocol.EventKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found by what incidents have in common is what looking at each of them finds, in the same order. */
class IncidentIndexTest {
    private static final GatherPolicy POLICY = TestIncidents.policy(Duration.ZERO);

    private final IncidentIndex index =
            new IncidentIndex(one -> GatherDecider.traits(one, POLICY, TestIncidents.AREAS));
    private final Map<String, Gathered> all = new LinkedHashMap<>();

    private List<Gathered> among(Predicate<Gathered> wanted) {
        return all.values().stream().filter(wanted).toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsWhatLookingAtEachFinds(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String id = "i" + random.nextInt(300);
            Gathered one = TestIncidents.one(id, TestIncidents.START, random);
            if (random.nextInt(6) == 0) {
                index.remove(id);
                all.remove(id);
            } else {
                Gathered in = random.nextInt(3) == 0
                        ? one
                        : one.with("ticket-" + random.nextInt(4), GatherReason.SAME_THING, null);
                Gathered placed = in.open(random.nextBoolean());
                index.put(placed);
                all.put(id, placed);
            }
            if (i % 50 == 0) {
                String ticket = "ticket-" + random.nextInt(4);
                index.replaceAll(any -> changed(any, ticket));
                all.replaceAll((any, known) -> changed(known, ticket));
            }
            if (i % 20 == 0) {
                assertSame();
            }
        }
        assertSame();
        index.clear();
        all.clear();
        assertSame();
    }

    private static Gathered changed(Gathered one, String ticket) {
        return ticket.equals(one.ticket()) ? one.with(null, one.reason(), null).open(false) : one;
    }

    private void assertSame() {
        for (EventKind kind : TestIncidents.KINDS) {
            assertThat(index.of(List.of(new IncidentIndex.OfKind(kind))))
                    .isEqualTo(among(one -> one.kind().equals(kind)));
        }
        for (Gathered asked : all.values().stream().limit(20).toList()) {
            for (IncidentIndex.Trait trait : GatherDecider.traits(asked, POLICY, TestIncidents.AREAS)) {
                if (!(trait instanceof IncidentIndex.OfArea area)) {
                    continue;
                }
                AreaLevel level = POLICY.storms().get(area.storm()).level();
                String where = TestIncidents.area(asked, level);
                assertThat(index.of(List.of(area)))
                        .isEqualTo(among(one -> one.kind().equals(asked.kind())
                                && TestIncidents.area(one, level).equals(where)));
            }
        }
        assertThat(index.of(List.of(new IncidentIndex.OpenBelow("box"))))
                .isEqualTo(among(one -> one.span().isOpen()
                        && one.kind().value().startsWith("health.")
                        && !Set.of("source-0", "box").contains(one.at().source())));
        assertThat(index.ofKinds(TestIncidents.patterns("fire.*", "safety.crowd")))
                .isEqualTo(among(one -> one.kind().value().startsWith("fire.")
                        || one.kind().value().equals("safety.crowd")));
        assertThat(index.of(List.of(new IncidentIndex.OpenAt("source-1"), new IncidentIndex.OpenAt("source-4"))))
                .isEqualTo(among(one -> one.span().isOpen()
                        && Set.of("source-1", "source-4").contains(one.at().source())));
        Incident.Key key = new Incident.Key("edge", "gaodu", "key-3");
        assertThat(index.of(List.of(new IncidentIndex.OfKey(key))))
                .isEqualTo(among(one -> one.key().equals(key)));
        assertThat(index.of(List.of(new IncidentIndex.OpenIn("ticket-2"))))
                .isEqualTo(among(one -> one.span().isOpen() && "ticket-2".equals(one.ticket())));
        assertThat(index.isAny(
                        new IncidentIndex.OpenIn("ticket-2"),
                        one -> one.at().source().equals("box")))
                .isEqualTo(all.values().stream()
                        .anyMatch(one -> one.span().isOpen()
                                && "ticket-2".equals(one.ticket())
                                && one.at().source().equals("box")));
        all.forEach((id, one) -> assertThat(index.find(id)).isEqualTo(one));
        assertThat(index.size()).isEqualTo(all.size());
        if (!all.isEmpty()) {
            assertThat(index.oldest()).isEqualTo(all.keySet().iterator().next());
        }
    }
}
