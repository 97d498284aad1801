package io.fengsui.hub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void commitsSurviveAndAreDurable() {
        Path file = folder.resolve("hub.db");
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(file), 2)) {
            assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(database, "synchronous")).isEqualTo("2");
            database.writer().handle().execute("insert into timer values ('t', 0, 1, 'k', 's')");
        }
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(file), 2)) {
            assertThat(count(database)).isOne();
        }
    }

    @Test
    void readersSeeNothingUncommitted() {
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 2)) {
            database.writer().begin();
            database.writer().handle().execute("insert into timer values ('t', 0, 1, 'k', 's')");
            assertThat(count(database)).isZero();
            database.writer().commit();
            assertThat(count(database)).isOne();
        }
    }

    @Test
    void readersCannotWrite() {
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 2)) {
            assertThatThrownBy(() -> database.reader().useHandle(h -> h.execute("delete from timer")))
                    .hasStackTraceContaining("readonly");
        }
    }

    private static String pragma(HubDatabase database, String name) {
        return database.writer()
                .handle()
                .createQuery("pragma " + name)
                .mapTo(String.class)
                .one();
    }

    private static int count(HubDatabase database) {
        return database.reader()
                .withHandle(h -> h.createQuery("select count(*) from timer")
                        .mapTo(int.class)
                        .one());
    }
}
