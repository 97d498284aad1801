package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.store.DatabaseSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same on PostgreSQL. */
class HubDatabaseFaultOnPostgresTest extends HubDatabaseFaultTest {
    private final DatabaseSettings.PostgresServer database = TestPostgres.database(writers());

    int writers() {
        return 1;
    }

    @Override
    TestTown town(Path data) {
        return new TestTown(TestPostgres.settings(data, database));
    }

    /** The server says 54000 then: no key of an index may be longer than a third of a page. */
    @Test
    void setsAsideAnEventWhoseKeyIsTooLongForAnIndex() throws Exception {
        StringBuilder key = new StringBuilder();
        new SplittableRandom(5).ints(4_096, '一', '龥').forEach(key::appendCodePoint);
        edge.record(town.begun("edge-1", "safety.intrusion", "first"));
        edge.record(town.begun("edge-1", "safety.intrusion", key.toString()));
        edge.record(town.begun("edge-1", "safety.intrusion", "last"));
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        assertThat(town.count("SELECT COUNT(*) FROM ticket")).isEqualTo(2);
        assertThat(town.count("SELECT COUNT(*) FROM quarantine")).isOne();
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
