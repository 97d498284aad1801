package io.fengsui.hub.store.query;

import io.fengsui.hub.app.TestPostgres;
import io.fengsui.hub.store.DatabaseSettings;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL. */
@Tag("slow")
class NameQueriesOnPostgresTest extends NameQueriesTest {
    @Override
    DatabaseSettings settings() {
        return TestPostgres.database();
    }
}
