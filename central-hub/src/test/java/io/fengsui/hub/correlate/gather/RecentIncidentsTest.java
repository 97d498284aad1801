package io.fengsui.hub.correlate.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.rows.GatherRows;
import io.fengsui.protocol.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided with the incidents that are found by what they have in common is what looking at each decides. */
class RecentIncidentsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_OPEN = 25;

    private final Map<String, Gathered> all = new LinkedHashMap<>();
    private final Map<String, WorkedOn.Work> tickets = new HashMap<>();
    private final Map<GatherReason, Integer> reasons = new EnumMap<>(GatherReason.class);
    private HubDatabase database;
    private GatherRows rows;
    private GatherPolicy policy = TestIncidents.policy(Duration.ZERO);
    private RecentIncidents recent;
    private Instant now = TestIncidents.START;
    private int lastTicket;
    private int stormsWithoutGrid;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1);
        rows = new GatherRows(database.writer());
        recent = recent();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private RecentIncidents recent() {
        return new RecentIncidents(rows, one -> GatherDecider.traits(one, policy, TestIncidents.AREAS));
    }

    @ParameterizedTest
    @CsvSource({"1, PT0S", "2, PT0S", "3, PT20S", "4, PT20S"})
    void decidesWhatLookingAtEachDecides(long seed, Duration delay) {
        policy = TestIncidents.policy(delay);
        recent = recent();
        Random random = new Random(seed);
        for (int i = 0; i < 2_500; i++) {
            now = now.plusMillis(random.nextInt(random.nextInt(20) == 0 ? 600_000 : 20_000));
            while (open().size() > MOST_OPEN) {
                put(over(TestIncidents.among(open(), random)));
            }
            int what = random.nextInt(8);
            if (what == 0) {
                tickets.remove(newTicket(random));
            } else if (what == 1) {
                work(random);
            } else if (what == 2) {
                again(random);
            } else {
                place(TestIncidents.one("i" + i, now, random), random);
            }
            assertKnowsWhatIsOpen(newTicket(random));
            if (i % 500 == 499) {
                restart(i % 1_000 < 500, random);
            }
            if (i % 1_000 == 700) {
                now = now.plus(DAY.minusMinutes(30));
            }
        }
        assertThat(reasons)
                .containsKeys(
                        GatherReason.OWN,
                        GatherReason.SAME_THING,
                        GatherReason.INHIBITED,
                        GatherReason.CAUSE_OF_OTHERS,
                        GatherReason.COMMON_CAUSE,
                        GatherReason.FLAPPING,
                        GatherReason.STORM,
                        GatherReason.MAINTENANCE,
                        GatherReason.OVER_MEANWHILE);
        assertThat(reasons.containsKey(GatherReason.WAITS_FOR_CAUSE)).isEqualTo(delay.isPositive());
        assertThat(stormsWithoutGrid).isPositive();
    }

    private void place(Gathered one, Random random) {
        Severity severity = one.severity() == null ? Severity.MINOR : one.severity();
        Instant announced = random.nextInt(30) == 0 ? now.plusSeconds(60) : null;
        GatherDecider.Asked asked = new GatherDecider.Asked(one, severity, announced);
        WorkedOn workedOn = ticket -> Optional.ofNullable(tickets.get(ticket));
        GatherDecider.Decision decision = GatherDecider.decide(
                asked,
                recent.others(one, now),
                new GatherDecider.Rules(policy, TestIncidents.AREAS, ZoneOffset.UTC),
                workedOn,
                now);
        assertThat(decision).isEqualTo(new LookingAtAll(policy, workedOn, others(one), now).decide(asked));
        reasons.merge(decision.reason(), 1, Integer::sum);
        if (decision.reason() == GatherReason.STORM && one.at().grid().isEmpty()) {
            stormsWithoutGrid++;
        }
        put(one.with(ticket(decision, severity), decision.reason(), decision.until()));
    }

    private @Nullable String ticket(GatherDecider.Decision decision, Severity severity) {
        return switch (decision.reason()) {
            case OWN, SAME_THING, INHIBITED, CAUSE_OF_OTHERS, COMMON_CAUSE, FLAPPING, STORM -> {
                String joined = decision.ticket();
                if (joined == null) {
                    lastTicket++;
                    joined = "ticket-" + lastTicket;
                    tickets.put(joined, new WorkedOn.Work(severity, now));
                }
                yield joined;
            }
            case WAITS_FOR_CAUSE, MAINTENANCE, OVER_MEANWHILE -> null;
        };
    }

    private List<Gathered> others(Gathered one) {
        return all.values().stream()
                .filter(other -> !other.incident().equals(one.incident()))
                .filter(other -> other.span().isOpen() || other.span().last().isAfter(now.minus(DAY)))
                .toList();
    }

    private List<Gathered> open() {
        return all.values().stream().filter(one -> one.span().isOpen()).toList();
    }

    private String newTicket(Random random) {
        return "ticket-" + (lastTicket - random.nextInt(20));
    }

    private void assertKnowsWhatIsOpen(String ticket) {
        List<String> open = open().stream()
                .filter(one -> ticket.equals(one.ticket()))
                .map(Gathered::incident)
                .toList();
        assertThat(recent.hasOtherOpen(ticket, "nobody")).isEqualTo(!open.isEmpty());
        if (!open.isEmpty()) {
            assertThat(recent.hasOtherOpen(ticket, open.getFirst())).isEqualTo(open.size() > 1);
        }
    }

    private Gathered over(Gathered one) {
        return new Gathered(
                one.incident(),
                one.key(),
                one.kind(),
                one.at(),
                new Gathered.Span(one.span().opened(), now, false),
                one.event(),
                one.ticket(),
                one.reason(),
                one.held(),
                one.severity());
    }

    /** A ticket becomes worse or milder, or announced work ends early. */
    private void work(Random random) {
        tickets.computeIfPresent(
                newTicket(random), (id, work) -> new WorkedOn.Work(TestIncidents.severity(random), work.opened()));
        database.writer().begin();
        recent.release(now);
        database.writer().commit();
        all.replaceAll((id, one) -> released(one));
    }

    private Gathered released(Gathered one) {
        boolean isWaiting = one.held() != null && one.held().isAfter(now);
        return isWaiting && one.reason() == GatherReason.MAINTENANCE ? one.with(null, one.reason(), now) : one;
    }

    /** What has waited is decided, or what stood in a ticket begins anew. */
    private void again(Random random) {
        any(random).ifPresent(one -> {
            if (one.held() != null) {
                place(one, random);
            } else if (one.ticket() != null && random.nextInt(4) == 0) {
                recent.remove(one.incident());
                all.remove(one.incident());
                place(one.with(null, GatherReason.OWN, null), random);
            }
        });
    }

    private Optional<Gathered> any(Random random) {
        List<Gathered> waiting =
                all.values().stream().filter(one -> one.held() != null).toList();
        List<Gathered> from = waiting.isEmpty() || random.nextBoolean() ? List.copyOf(all.values()) : waiting;
        return from.isEmpty() ? Optional.empty() : Optional.of(TestIncidents.among(from, random));
    }

    private void put(Gathered one) {
        recent.put(one);
        all.put(one.incident(), one);
    }

    /** All is read again, and stands in the order in which it began; what a transaction that failed had put in is gone. */
    private void restart(boolean isAfterFailure, Random random) {
        write();
        if (isAfterFailure) {
            recent.put(TestIncidents.one("lost", now, random).with("lost", GatherReason.STORM, null));
            recent.put(TestIncidents.among(open(), random).with("lost", GatherReason.STORM, null));
            recent.forget();
        } else {
            recent = recent();
        }
        recent.load(now);
        assertKnowsWhatIsOpen("lost");
        List<Gathered> read = all.values().stream()
                .filter(one -> one.held() != null
                        || one.span().isOpen()
                        || one.span().last().isAfter(now.minus(DAY)))
                .sorted(Comparator.comparing((Gathered one) -> one.span().opened())
                        .thenComparing(one -> one.reason() == GatherReason.STORM)
                        .thenComparing(Gathered::incident))
                .toList();
        all.clear();
        read.forEach(one -> all.put(one.incident(), one));
    }

    private void write() {
        database.writer().begin();
        recent.write();
        database.writer().commit();
    }

    @Test
    void dropsTheOldestAndOfStormsSooner() {
        Random random = new Random(1);
        List<String> order = new ArrayList<>();
        Set<String> stormed = new LinkedHashSet<>();
        for (int i = 0; i < 2 * RecentIncidents.MOST; i++) {
            boolean isStorm = random.nextInt(4) == 0;
            Gathered one = TestIncidents.one("i" + i, now, random)
                    .with("ticket", isStorm ? GatherReason.STORM : GatherReason.OWN, null);
            recent.put(one);
            order.add(one.incident());
            if (isStorm) {
                stormed.add(one.incident());
            }
            String dropped = null;
            if (stormed.size() > RecentIncidents.MOST_OF_STORMS) {
                dropped = stormed.iterator().next();
            } else if (order.size() > RecentIncidents.MOST) {
                dropped = order.getFirst();
            }
            if (dropped != null) {
                order.remove(dropped);
                stormed.remove(dropped);
            }
            if (i % 1_000 == 999) {
                assertThat(remembered()).isEqualTo(order);
            }
        }
    }

    private List<String> remembered() {
        Gathered nobody = TestIncidents.one("nobody", now, new Random(1));
        return recent.others(nobody, now).ofKinds(TestIncidents.patterns("*")).stream()
                .map(Gathered::incident)
                .toList();
    }

    /** Of what was dropped, the rows are asked. */
    @Test
    void knowsOfOtherOpenIncidentsOfATicketAlsoWhenTheyWereDropped() {
        Random random = new Random(1);
        put(TestIncidents.one("first", now, random).with("ticket", GatherReason.OWN, null));
        put(TestIncidents.one("second", now, random).with("ticket", GatherReason.SAME_THING, null));
        write();
        assertThat(recent.hasOtherOpen("ticket", "second")).isTrue();
        for (int i = 0; i < RecentIncidents.MOST; i++) {
            recent.put(TestIncidents.one("i" + i, now, random).with("other", GatherReason.OWN, null));
        }
        write();
        assertThat(remembered()).doesNotContain("first", "second");
        assertThat(recent.hasOtherOpen("ticket", "second")).isTrue();
        assertThat(recent.hasOtherOpen("ticket", "first")).isTrue();
        assertThat(recent.hasOtherOpen("nobody's", "first")).isFalse();
    }
}
