package io.fengsui.hub.store;

import io.fengsui.hub.app.TestPostgres;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL, where the server finds out by itself that the hub is gone. */
@Tag("slow")
class MigrationKillOnPostgresTest extends MigrationKillTest {
    @Override
    DatabaseSettings filled() {
        return TestPostgres.database();
    }

    @Override
    DatabaseSettings copy(DatabaseSettings filled, int number) {
        return TestPostgres.copy((DatabaseSettings.PostgresServer) filled);
    }

    @Override
    String schema() {
        return "SELECT 'index ' || indexname || ' ' || indexdef FROM pg_indexes WHERE schemaname = 'public' UNION"
                + " SELECT 'column ' || table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable"
                + " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1";
    }

    @Override
    String check() {
        return "SELECT 'ok'";
    }
}
