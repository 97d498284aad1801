package io.fengsui.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident of an older hub, which had one ticket for ever, may have another. */
class ReturnMigrationTest {
    private static final String TICKET =
            "INSERT INTO ticket VALUES (?, 1, ?, 'fire.smoke', '', '', 'major', 'nine-step',"
                    + " 'void', 'void', 's', '', '', '', NULL, NULL, 'camera', 'cam', '', '', '', 'edge', 'smoke', NULL, 1, 1, 1, ?, 1,"
                    + " 1, NULL, X'00', '', '', '', '', '', 0, '', NULL, 0, 0, 0, '')";

    @TempDir
    Path folder;

    DatabaseSettings settings() {
        return new DatabaseSettings.SqliteFile(folder.resolve("hub.db"));
    }

    String blob() {
        return "X'00'";
    }

    @Test
    void ticketsOfBeforeStayAndTheirIncidentsMayHaveOthers() {
        DatabaseSettings settings = settings();
        Engine engine = HubDatabase.engine(settings);
        OldSchema.lay(engine, 28);
        String ticket = TICKET.replace("X'00'", blob());
        try (Handle old = Jdbi.open(engine.writing())) {
            for (int i = 0; i < 1_000; i++) {
                old.execute(ticket, "t" + i, "i" + i, 5);
            }
        }
        try (HubDatabase database = HubDatabase.open(settings, 1)) {
            database.writer().begin();
            database.writer().handle().execute(ticket, "t-next", "i7", null);
            database.writer().commit();
            List<String> ofIncident = database.reader()
                    .withHandle(
                            handle -> handle.createQuery("SELECT id FROM ticket WHERE incident_id = 'i7' ORDER BY id")
                                    .mapTo(String.class)
                                    .list());
            assertThat(ofIncident).containsExactly("t-next", "t7");
            int all = database.reader()
                    .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM ticket")
                            .mapTo(int.class)
                            .one());
            assertThat(all).isEqualTo(1_001);
        }
    }
}
