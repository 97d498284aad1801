package io.fengsui.hub.store.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many rows at once, by statements that are prepared once a connection. */
class ByIdsTest {
    private static final String SQL = "SELECT id, subject FROM timer WHERE id";

    @TempDir
    Path folder;

    private static void put(HubDatabase database, String id, String subject) {
        database.writer()
                .handle()
                .execute("INSERT INTO timer (id, shard, due_at, kind, subject) VALUES (?, 0, 1, 'k', ?)", id, subject);
    }

    private static List<String> read(HubDatabase database, List<String> ids) {
        return ByIds.read(database.reader(), SQL, ids, row -> row.getString(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5, 16, 17, 64, 65, 256, 257, 600})
    void howeverManyAreAskedForEachIsReadOnce(int many) {
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1)) {
            List<String> ids = IntStream.range(0, many).mapToObj(i -> "t" + i).toList();
            ids.forEach(id -> put(database, id, id));
            put(database, "another", "another");
            assertThat(read(database, ids)).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void theSameStatementReadsWhatWasCommittedMeanwhileAndNothingOfItsLastQuestion() {
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1)) {
            put(database, "a", "1");
            assertThat(read(database, List.of("a", "b", "c"))).containsExactly("1");
            put(database, "b", "2");
            database.writer().handle().execute("UPDATE timer SET subject = '3' WHERE id = 'a'");
            assertThat(read(database, List.of("a", "b", "c"))).containsExactlyInAnyOrder("3", "2");
            assertThat(read(database, List.of("c", "d"))).isEmpty();
            assertThat(read(database, List.of("b", "d"))).containsExactly("2");
        }
    }

    @Test
    void aStatementIsPreparedOnceAConnectionAndAnewWhenItWasClosed() throws Exception {
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 2)) {
            String sql = SQL + " = ?";
            PreparedStatement first = of(database, sql);
            assertThat(of(database, sql)).isSameAs(first);
            try (Handle one = database.reader().open();
                    Handle other = database.reader().open()) {
                assertThat(of(one, sql)).isSameAs(first);
                assertThat(of(other, sql)).isNotSameAs(first);
            }
            first.close();
            assertThat(of(database, sql).isClosed()).isFalse();
        }
    }

    @Test
    void afterAFailureItIsPreparedAnew() throws Exception {
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1)) {
            put(database, "a", "1");
            PreparedStatement first = of(database, SQL + " IN (?)");
            assertThatThrownBy(
                            () -> ByIds.read(database.reader(), SQL, List.of("a"), row -> row.getString("no column")))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(first.isClosed()).isTrue();
            assertThat(read(database, List.of("a"))).containsExactly("1");
        }
    }

    private static PreparedStatement of(HubDatabase database, String sql) throws SQLException {
        try (Handle handle = database.reader().open()) {
            return of(handle, sql);
        }
    }

    private static PreparedStatement of(Handle handle, String sql) throws SQLException {
        return handle.getConfig(KeptStatements.class).of(handle.getConnection(), sql);
    }
}
