package io.fengsui.hub.store.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingRowsTest {
    @TempDir
    Path folder;

    @Test
    void knowsOfWhichIncidentsSomethingWasHandedOverAndNotTaken() {
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1)) {
            database.writer()
                    .handle()
                    .execute(
                            "insert into handover (plan, shard, \"offset\", part, edge, incident, at, body)"
                                    + " values (1, 2, 3, 0, 'edge-1', 'i-1', 0, x'00'), (1, 2, 3, 1, 'edge-1', 'i-900', 0, x'00')");
            StandingRows rows = new StandingRows(database.writer());
            assertThat(rows.coming(List.of())).isEmpty();
            assertThat(rows.coming(List.of("i-1"))).containsExactly("i-1");
            assertThat(rows.coming(List.of("i-2"))).isEmpty();
            List<String> many =
                    IntStream.range(0, 1_000).mapToObj(i -> "i-" + i).toList();
            assertThat(rows.coming(many)).containsExactlyInAnyOrder("i-1", "i-900");
        }
    }
}
