package io.fengsui.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an older hub held back for announced work is looked at once more by the next, also what lives hang on. */
class WorkMigrationTest {
    private static final String HELD =
            "INSERT INTO gathered VALUES (?, 'edge', 's', 'key', 'fire.smoke', 'smoke-1', '', NULL,"
                    + " NULL, 1, 1, 1, 'event', NULL, ?, ?, 'major')";

    @TempDir
    Path folder;

    DatabaseSettings settings() {
        return new DatabaseSettings.SqliteFile(folder.resolve("hub.db"));
    }

    @Test
    void whatWaitsForWorkIsDecidedOnceMoreAndNothingElse() {
        DatabaseSettings settings = settings();
        Engine engine = HubDatabase.engine(settings);
        OldSchema.lay(engine, 32);
        try (Handle old = Jdbi.open(engine.writing())) {
            old.execute(HELD, "waits", "maintenance", 9_000_000_000_000L);
            old.execute(HELD, "cause", "waits_for_cause", 9_000_000_000_000L);
            old.execute(HELD, "decided", "maintenance", null);
        }
        try (HubDatabase database = HubDatabase.open(settings, 1)) {
            List<String> held = database.reader()
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT incident_id || ' ' || held_until FROM gathered WHERE held_until IS NOT NULL"
                                            + " ORDER BY incident_id")
                            .mapTo(String.class)
                            .list());
            assertThat(held).containsExactly("cause 9000000000000", "waits 0");
        }
    }
}
