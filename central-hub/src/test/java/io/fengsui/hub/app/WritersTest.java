package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.protocol.Event;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub of several writers on one database, and enough edges that each writer has some. */
abstract class WritersTest {
    static final int EDGES = 8;

    @TempDir
    Path data;

    final DatabaseSettings.PostgresServer database = TestPostgres.database();
    final List<TestEdge> edges = new ArrayList<>();

    @AfterEach
    void disconnect() {
        edges.forEach(TestEdge::close);
    }

    final void serve(TestTown town) {
        for (int i = 0; i < EDGES; i++) {
            if (edges.size() <= i) {
                edges.add(new TestEdge("edge-" + i, town.time));
            } else {
                edges.get(i).disconnect();
            }
            assertThat(edges.get(i).serve(town.hub.port())).isTrue();
        }
    }

    final List<Event> tell(TestTown town, String key) {
        List<Event> begun = new ArrayList<>();
        for (int i = 0; i < EDGES; i++) {
            begun.add(town.begun("edge-" + i, "fire.smoke", key));
            edges.get(i).record(begun.getLast());
            edges.get(i).sendAll();
        }
        return begun;
    }

    /** The events of {@link #tell} are over, as each edge's next message says; the hub has it. */
    final void ended(TestTown town, List<Event> begun) {
        for (int i = 0; i < EDGES; i++) {
            edges.get(i).record(town.ended(begun.get(i)));
            edges.get(i).send(begun.get(i).lane(), 1);
        }
        acknowledged();
    }

    final void acknowledged() {
        edges.forEach(TestEdge::awaitAcknowledged);
    }

    final TestTown town(int writers) {
        return new TestTown(TestPostgres.settings(
                data,
                new DatabaseSettings.PostgresServer(
                        database.url(), database.user(), null, database.timeout(), writers)));
    }

    final void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    final int count(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), "");
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
