package io.fengsui.hub.store.query;

import io.fengsui.hub.app.TestPostgres;
import io.fengsui.hub.store.DatabaseSettings;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL. */
@Tag("slow")
class OutboxQueriesOnPostgresTest extends OutboxQueriesTest {
    @Override
    DatabaseSettings settings() {
        return TestPostgres.database();
    }

    @Override
    List<String> plan(Handle handle, String query) {
        return handle.createQuery("EXPLAIN " + query).mapTo(String.class).list();
    }
}
