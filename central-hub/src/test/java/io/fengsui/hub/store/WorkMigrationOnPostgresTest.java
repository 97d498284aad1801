package io.fengsui.hub.store;

import io.fengsui.hub.app.TestPostgres;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL. */
@Tag("slow")
class WorkMigrationOnPostgresTest extends WorkMigrationTest {
    @Override
    DatabaseSettings settings() {
        return TestPostgres.database();
    }
}
