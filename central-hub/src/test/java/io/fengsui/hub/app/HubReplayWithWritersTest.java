package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.wire.WireRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one writer decided about the edges of others follows from its own journal. */
class HubReplayWithWritersTest {
    private static final int EDGES = 4;

    @TempDir
    Path data;

    @Test
    void theJournalOfTheWriterOfTicketsMakesItsTicketsAgain() throws Exception {
        DatabaseSettings.PostgresServer database = TestPostgres.database(TestPostgres.WRITERS);
        try (TestTown town = new TestTown(TestPostgres.settings(data.resolve("first"), database))) {
            for (int i = 0; i < EDGES; i++) {
                tell(town, "edge-" + i);
            }
            CommandOutcome closed = town.hub
                    .shard()
                    .ring()
                    .submit(new OperatorCommand("20261121-0002", "void", "误报", "li", -1))
                    .join();
            assertThat(closed).isInstanceOf(CommandOutcome.Done.class);
            Map<String, Object> voided = town.rows("SELECT edge FROM ticket WHERE id = '20261121-0002'")
                    .getFirst();
            String edge = String.valueOf(voided.get("edge"));
            for (String kind : List.of("safety.intrusion", "fire.smoke")) {
                // Minutes apart: the one joins an incident of which the ticket is void, the other is a new incident.
                town.time.advance(Duration.ofMinutes(kind.startsWith("fire") ? 60 : 1));
                Event again = town.begun(edge, kind, kind.startsWith("fire") ? "smoke" : "gate");
                assertThat(town.hub.shards().appendVolatile(edge, WireRecords.encode(again)))
                        .isTrue();
                town.settle();
            }
            town.hub.close();
            Files.createDirectories(data.resolve("second"));
            try (HubDatabase original = HubDatabase.open(database, 2);
                    HubDatabase empty = Replays.open(data.resolve("second"))) {
                copyNames(original, empty);
                Replays.replay(town, original, data.resolve("second"), empty);
                for (String table : List.of("ticket", "ticket_fact", "deadline")) {
                    assertThat(Replays.rows(empty, table)).as(table).isEqualTo(Replays.rows(original, table));
                }
                assertThat(Replays.rows(empty, "ticket")).hasSize(2 * EDGES + 2);
                assertThat(Replays.rows(empty, "quarantine")).isEmpty();
            }
        }
    }

    private static void tell(TestTown town, String id) {
        try (TestEdge edge = new TestEdge(id, town.time)) {
            Event smoke = town.begun(id, "fire.smoke", "smoke");
            edge.record(smoke);
            edge.record(town.begun(id, "safety.intrusion", "gate"));
            edge.serve(town.hub.port());
            edge.sendAll();
            edge.awaitAcknowledged();
            town.time.advance(Duration.ofMinutes(1));
            edge.record(town.ended(smoke));
            edge.send(smoke.lane(), 1);
            edge.awaitAcknowledged();
            town.settle();
        }
    }

    /** By what names edges and their cameras go is in the journals of their own writers. */
    private static void copyNames(HubDatabase from, HubDatabase to) {
        for (String table : List.of("edge", "camera")) {
            for (Map<String, Object> row : from.reader()
                    .withHandle(handle -> handle.createQuery("SELECT * FROM " + table)
                            .mapToMap()
                            .list())) {
                to.writer()
                        .handle()
                        .createUpdate("INSERT INTO " + table + " (" + String.join(", ", row.keySet()) + ") VALUES (:"
                                + String.join(", :", row.keySet()) + ")")
                        .bindMap(row)
                        .execute();
            }
        }
    }
}
