package io.fengsui.hub.app;

import io.fengsui.hub.store.DatabaseSettings;
import java.nio.file.Path;
import java.sql.SQLException;

/** The same on PostgreSQL. */
class HubDatabaseFaultOnPostgresTest extends HubDatabaseFaultTest {
    private final DatabaseSettings.PostgresServer database = TestPostgres.database();

    @Override
    TestTown town(Path data) {
        return new TestTown(TestPostgres.settings(data, database));
    }

    /** 58030 is an I/O error of the server. */
    @Override
    void breakInserts(String table, String how) throws SQLException {
        execute("""
                CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'the disk is broken' USING ERRCODE = '58030'; END $$""");
        execute("CREATE TRIGGER fault BEFORE INSERT ON \"" + table + "\" FOR EACH ROW EXECUTE FUNCTION fault()");
    }

    @Override
    void mend() throws SQLException {
        execute("DROP FUNCTION fault CASCADE");
    }

    @Override
    String url() {
        return database.url() + "?user=" + database.user();
    }
}
