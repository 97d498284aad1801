package io.fengsui.hub.app;

import io.fengsui.hub.fleet.Liveness;
import io.fengsui.hub.journal.Replay;
import io.fengsui.hub.shard.Shard;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.query.JournalQueries;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A hub without edges that is told the journal of another one, and what both have in their tables then. */
final class Replays {
    private Replays() {}

    /** The file in a hub's data folder. */
    static HubDatabase open(Path folder) {
        return HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 2);
    }

    /**
     * Tells the writer of tickets all that stands in its journal.
     *
     * @param folder the other hub's, which exists
     * @param empty its database
     */
    static void replay(TestTown town, HubDatabase original, Path folder, HubDatabase empty) {
        Shard again = ShardWiring.shards(
                        TestTown.settings(folder),
                        new ShardWiring.Rows(empty, "replay"),
                        town.time,
                        new Liveness(town.time),
                        List.of())
                .first();
        new Replay(new JournalQueries(original.reader(), 0)).run(0, again.replaying()::replay);
    }

    /** Each row as text, in an order that is the same for the same rows on each kind of database. */
    static List<String> rows(HubDatabase database, String table) {
        return database
                .reader()
                .withHandle(handle -> handle.createQuery("SELECT * FROM " + table)
                        .mapToMap()
                        .map(Replays::text)
                        .list())
                .stream()
                .sorted()
                .toList();
    }

    private static String text(Map<String, Object> row) {
        StringBuilder text = new StringBuilder();
        row.forEach((column, value) -> text.append(column)
                .append('=')
                .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value)
                .append(' '));
        return text.toString();
    }
}
