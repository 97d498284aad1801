package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.access.audit.AuditEntry;
import io.fengsui.hub.shard.input.AccessTask;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.store.access.AccessQueries;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.wire.WireRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is over goes after its time; what is open stays, and offsets are counted on. */
class HubExpiryTest {
    @TempDir
    Path data;

    /** What another database's test has otherwise. */
    TestTown town(Path folder) {
        return new TestTown(folder);
    }

    @Test
    void deletesWhatIsOverAndKeepsWhatIsOpen() throws Exception {
        try (TestTown town = town(data);
                TestEdge edge = new TestEdge("edge-1", town.time)) {
            Event over = town.begun("edge-1", "safety.intrusion", "over");
            Event worked = town.begun("edge-1", "safety.intrusion", "worked-on");
            edge.record(over);
            edge.record(worked);
            edge.record(town.begun("edge-1", "safety.intrusion", "open"));
            edge.record(town.ended(over));
            edge.record(town.ended(worked));
            edge.serve(town.hub.port());
            edge.sendAll();
            edge.awaitAcknowledged();
            assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(3);
            OperatorCommand away = new OperatorCommand("20261121-0001", "void", "误报", "li", -1);
            assertThat(town.hub.shard().ring().submit(away).join()).isInstanceOf(CommandOutcome.Done.class);
            Map<String, String> silence =
                    Map.of("kinds", "fire.*", "until", "2026-11-22T00:00:00Z", "author", "li", "comment", "演练");
            assertThat(town.hub
                            .shard()
                            .ring()
                            .take(new TaskInput.SilencePut("s-1", silence))
                            .join())
                    .isTrue();
            town.hub
                    .shard()
                    .ring()
                    .take(new AccessTask.SessionPut("k", "li", 0, 0))
                    .join();
            for (String action : List.of("sign-in", "view-picture", "export", "sign-out")) {
                // The clock was wrong for a while, and set back.
                Instant at = town.time.wall().plus(Duration.ofDays(action.equals("view-picture") ? 500 : 0));
                AuditEntry entry = new AuditEntry(at, "li", "127.0.0.1", action, "", "done");
                town.hub
                        .shard()
                        .ring()
                        .take(new AccessTask.Audited(entry.texts()))
                        .join();
            }
            long lastOffset = town.one(Long.class, "SELECT MAX(\"offset\") FROM journal");

            town.time.advance(Duration.ofDays(401));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                town.time.advance(Duration.ofSeconds(1));
                town.hub.tick();
                return town.count("SELECT COUNT(*) FROM event WHERE dedup_key = 'over'") == 0
                        && town.count("SELECT COUNT(*) FROM journal WHERE kind = 'record'") == 0;
            });
            assertThat(town.rows("SELECT dedup_key FROM event WHERE kind = 'safety.intrusion' ORDER BY dedup_key"))
                    .containsExactly(Map.of("dedup_key", "open"), Map.of("dedup_key", "worked-on"));
            assertThat(town.count("SELECT COUNT(*) FROM silence")).isZero();
            assertThat(town.count("SELECT COUNT(*) FROM session")).isZero();
            assertThat(town.rows("SELECT action FROM audit ORDER BY number"))
                    .containsExactly(
                            Map.of("action", "view-picture"), Map.of("action", "export"), Map.of("action", "sign-out"));
            assertThat(new AccessQueries(town.hub.database().reader()).verify().broken())
                    .isEmpty();
            assertThat(town.count("SELECT COUNT(*) FROM incident WHERE dedup_key = 'over'"))
                    .isZero();
            assertThat(town.count("SELECT COUNT(*) FROM ticket WHERE kind = 'safety.intrusion'"))
                    .isEqualTo(3);
            assertThat(town.one(Long.class, "SELECT MAX(\"offset\") FROM journal"))
                    .isGreaterThanOrEqualTo(lastOffset);

            town.restart();
            edge.record(town.begun("edge-1", "safety.intrusion", "fresh"));
            assertThat(edge.serve(town.hub.port())).isTrue();
            edge.send(Lane.URGENT, 5);
            edge.awaitAcknowledged();
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE dedup_key = 'fresh'"))
                    .isOne();
            assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isZero();
        }
    }

    /** What a ticket is about that was closed, followed by another and opened again went with the other. */
    @Test
    void keepsWhatATicketOfBeforeIsAboutWhileSomebodyWorksOnItAgain() {
        try (TestTown town = town(data)) {
            for (int round = 0; round < 2; round++) {
                town.time.advance(Duration.ofMinutes(1));
                Event begun = town.begun("edge-1", "safety.intrusion", "again");
                tell(town, begun);
                tell(town, town.ended(begun));
                for (String step : List.of("accept", "verify", "file", "dispatch", "handle", "inspect", "close")) {
                    step(town, "20261121-000" + (round + 1), step);
                }
            }
            step(town, "20261121-0001", "rework");
            Event over = town.begun("edge-1", "safety.intrusion", "over");
            tell(town, over);
            tell(town, town.ended(over));
            step(town, "20261121-0003", "void");

            town.time.advance(Duration.ofDays(401));
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                town.time.advance(Duration.ofSeconds(1));
                town.hub.tick();
                return town.count("SELECT COUNT(*) FROM event WHERE dedup_key = 'over'") == 0;
            });
            assertThat(town.count("SELECT COUNT(*) FROM event WHERE dedup_key = 'again'"))
                    .isEqualTo(2);
        }
    }

    private static void tell(TestTown town, Event event) {
        assertThat(town.hub.shards().appendVolatile("edge-1", WireRecords.encode(event)))
                .isTrue();
        town.settle();
    }

    private static void step(TestTown town, String ticket, String step) {
        assertThat(town.hub
                        .shard()
                        .ring()
                        .submit(new OperatorCommand(ticket, step, "好", "zhang", -1))
                        .join())
                .as(step)
                .isInstanceOf(CommandOutcome.Done.class);
    }
}
