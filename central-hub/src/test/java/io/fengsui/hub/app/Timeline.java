package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.wire.WireRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A day in virtual time: what happens when, then what is expected to have come of it. The clock jumps from one thing
 * that happens or falls due to the next, so that a week takes a moment.
 */
final class Timeline implements AutoCloseable {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String EDGE = "edge-1";

    private record Happening(Instant at, Runnable what) {}

    final TestTown town;
    private final LocalDate day;
    private final List<Happening> happenings = new ArrayList<>();
    private final Map<String, Event> events = new HashMap<>();

    /** @param day the first day; times may name other days after it, as {@code 2026-11-24T09:00} */
    Timeline(Path data, String day) {
        this(new TestTown(data), day);
    }

    /** In a town that is there already. */
    Timeline(TestTown town, String day) {
        this.day = LocalDate.parse(day);
        this.town = town;
        town.time.advance(Duration.between(town.time.wall(), instant("00:00")));
    }

    /** What happens at a moment; continued with what it is. */
    final class At {
        private final Instant at;

        private At(Instant at) {
            this.at = at;
        }

        private Timeline then(Runnable what) {
            happenings.add(new Happening(at, what));
            return Timeline.this;
        }

        /** An edge tells of something that begins; {@code key} names it, and its ticket, from then on. */
        Timeline event(String kind, String key) {
            return then(() -> begin(key, town.begun(EDGE, kind, key)));
        }

        /** Likewise, told by this source at this place. */
        Timeline event(String kind, String key, Source source, Place place) {
            return then(() -> begin(
                    key, town.begun(kind, key, Lane.URGENT, new Event.Origin(EDGE, "site-1", source, "", place))));
        }

        private void begin(String key, Event begun) {
            events.put(key, begun);
            tell(begun);
        }

        /** It is more or less severe from then on. */
        Timeline becomes(String key, Severity severity) {
            return then(() -> {
                Event changed = town.becomes(Objects.requireNonNull(events.get(key)), severity);
                events.put(key, changed);
                tell(changed);
            });
        }

        /** It is over. */
        Timeline ends(String key) {
            return then(() -> tell(town.ended(Objects.requireNonNull(events.get(key)))));
        }

        Timeline step(String key, String command) {
            return step(key, command, OperatorCommand.Details.NONE);
        }

        Timeline step(String key, String command, OperatorCommand.Details details) {
            return then(() -> {
                CommandOutcome outcome = town.hub
                        .shard()
                        .ring()
                        .submit(new OperatorCommand(ticket(key), command, "好", "zhang", -1, details))
                        .join();
                assertThat(outcome).as(command).isInstanceOf(CommandOutcome.Done.class);
            });
        }

        /** The process is killed, and comes back only then. */
        Timeline hubIsAwayUntil(String until) {
            return then(() -> {
                town.hub.abort();
                town.time.advance(Duration.between(town.time.wall(), instant(until)));
                town.restartKilled();
            });
        }
    }

    At at(String time) {
        return new At(instant(time));
    }

    /** Lets everything happen, and time go on until then. */
    Timeline until(String end) {
        happenings.sort(Comparator.comparing(Happening::at));
        for (Happening happening : happenings) {
            goOn(happening.at());
            happening.what().run();
            tick();
        }
        happenings.clear();
        goOn(instant(end));
        return this;
    }

    private void goOn(Instant to) {
        while (true) {
            Long next = town.one(Long.class, """
                    SELECT COALESCE(MIN(at), 0) FROM (
                        SELECT due_at AS at FROM timer
                        UNION ALL SELECT held_until AS at FROM gathered WHERE held_until IS NOT NULL) AS due""");
            Instant due = Instant.ofEpochMilli(next);
            Instant until = next == 0 || due.isAfter(to) ? to : due;
            if (until.isAfter(town.time.wall())) {
                town.time.advance(Duration.between(town.time.wall(), until));
            }
            tick();
            if (until.equals(to)) {
                return;
            }
        }
    }

    private void tell(Event event) {
        assertThat(town.hub.shards().appendVolatile(EDGE, WireRecords.encode(event)))
                .isTrue();
        town.settle();
    }

    private void tick() {
        town.hub.tick();
        town.settle();
    }

    /** From one moment to another, both included. */
    record Between(Instant from, Instant to) {}

    Between between(String from, String to) {
        return new Between(instant(from), instant(to));
    }

    Expect expect(Between between) {
        return new Expect(between);
    }

    final class Expect {
        private final Between between;

        private Expect(Between between) {
            this.between = between;
        }

        /** Exactly one fact of this kind about the ticket, then, whose detail or target contains each text. */
        Timeline fact(String key, String kind, String... texts) {
            assertThat(facts(key, kind, texts))
                    .as("%s of %s: %s", kind, key, history(key))
                    .hasSize(1);
            return Timeline.this;
        }

        Timeline noFact(String key, String kind) {
            assertThat(facts(key, kind)).isEmpty();
            return Timeline.this;
        }

        /** Exactly one message to this contact, due then for this reason, that tells this of the ticket. */
        Timeline notification(String key, String contact, String notice, String reason) {
            assertThat(town.rows("SELECT due_at, reason, notices FROM outbox WHERE contact = '" + contact + "'"))
                    .filteredOn(row -> isWithin(row.get("due_at"))
                            && reason.equals(row.get("reason"))
                            && String.valueOf(row.get("notices"))
                                    .contains("\"notice\":\"" + notice + "\",\"ticket\":\"" + ticket(key)))
                    .as("%s of %s to %s: %s", notice, key, contact, town.rows("SELECT * FROM outbox"))
                    .hasSize(1);
            return Timeline.this;
        }

        private boolean isWithin(@Nullable Object millis) {
            Instant at = Instant.ofEpochMilli(Long.parseLong(String.valueOf(millis)));
            return !at.isBefore(between.from()) && !at.isAfter(between.to());
        }

        private List<Map<String, Object>> facts(String key, String kind, String... texts) {
            return history(key).stream()
                    .filter(fact -> kind.equals(fact.get("kind")))
                    .filter(fact -> isWithin(fact.get("at")))
                    .filter(fact -> List.of(texts).stream()
                            .allMatch(text -> (fact.get("detail") + " " + fact.get("to_state")).contains(text)))
                    .toList();
        }
    }

    List<Map<String, Object>> history(String key) {
        return town.rows("SELECT version, at, kind, to_state, detail FROM ticket_fact WHERE ticket_id = '" + ticket(key)
                + "' ORDER BY version");
    }

    String ticket(String key) {
        return town.one(
                String.class,
                "SELECT ticket_id FROM incident WHERE dedup_key = '" + key
                        + "' ORDER BY opened_at DESC, id DESC LIMIT 1");
    }

    Instant instant(String time) {
        LocalDateTime local = time.contains("T") ? LocalDateTime.parse(time) : day.atTime(LocalTime.parse(time));
        return local.atZone(ZONE).toInstant();
    }

    @Override
    public void close() {
        town.close();
    }
}
