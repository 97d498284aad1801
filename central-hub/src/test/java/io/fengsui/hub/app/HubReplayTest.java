package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.wire.WireRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets are a function of the journal's order and times. */
class HubReplayTest {
    private static final List<String> TABLES = List.of(
            "ticket",
            "ticket_fact",
            "incident",
            "event",
            "evidence",
            "edge",
            "lane_position",
            "camera",
            "deadline",
            "timer");

    @TempDir
    Path data;

    @Test
    void makesTheSameTicketsFromTheJournalInAnEmptyDatabase() throws Exception {
        try (TestTown town = new TestTown(data.resolve("first"));
                TestEdge edge = new TestEdge("edge-1", town.time)) {
            Event smoke = town.begun("edge-1", "fire.smoke", "smoke");
            edge.record(smoke);
            edge.record(town.begun("edge-1", "safety.intrusion", "gate"));
            edge.record(town.begun("somebody-else", "safety.intrusion", "quarantined"));
            edge.serve(town.hub.port());
            edge.sendAll();
            edge.awaitAcknowledged();
            for (String step : List.of("accept", "verify", "inspect")) {
                town.time.advance(Duration.ofMinutes(1));
                town.hub
                        .shard()
                        .ring()
                        .submit(new OperatorCommand("20261121-0001", step, "好", "zhang", -1))
                        .join();
            }
            town.time.advance(Duration.ofMinutes(1));
            edge.record(town.ended(smoke));
            edge.send(smoke.lane(), 3);
            edge.awaitAcknowledged();
            CommandOutcome closed = town.hub
                    .shard()
                    .ring()
                    .submit(new OperatorCommand("20261121-0002", "void", "误报", "li", -1))
                    .join();
            assertThat(closed).isInstanceOf(CommandOutcome.Done.class);
            town.time.advance(Duration.ofMinutes(1));
            Event again = town.begun("edge-1", "safety.intrusion", "gate");
            assertThat(town.hub.shards().appendVolatile("edge-1", WireRecords.encode(again)))
                    .isTrue();
            town.settle();

            // Nothing more may come to the original while it is compared.
            town.hub.close();
            Files.createDirectories(data.resolve("second"));
            try (HubDatabase original = Replays.open(data.resolve("first"));
                    HubDatabase empty = Replays.open(data.resolve("second"))) {
                Replays.replay(town, original, data.resolve("second"), empty);
                for (String table : TABLES) {
                    assertThat(Replays.rows(empty, table)).as(table).isEqualTo(Replays.rows(original, table));
                }
                assertThat(Replays.rows(empty, "ticket")).hasSize(3);
                assertThat(Replays.rows(empty, "quarantine")).hasSize(1);
            }
        }
    }
}
