package io.fengsui.hub.store;

import io.fengsui.hub.app.TestPostgres;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL. */
@Tag("slow")
class ReturnMigrationOnPostgresTest extends ReturnMigrationTest {
    @Override
    DatabaseSettings settings() {
        return TestPostgres.database();
    }

    @Override
    String blob() {
        return "'\\x00'::bytea";
    }
}
