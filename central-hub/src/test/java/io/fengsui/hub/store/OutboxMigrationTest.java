package io.fengsui.hub.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.TestDeliveries;
import io.fengsui.hub.store.query.OutboxQueries;
import io.fengsui.hub.store.rows.DeliveryRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an older hub left in its outbox is found by its tickets as well. */
class OutboxMigrationTest {
    @TempDir
    Path folder;

    DatabaseSettings settings() {
        return new DatabaseSettings.SqliteFile(folder.resolve("hub.db"));
    }

    @Test
    void messagesOfBeforeAreFoundByEveryTicketOfWhichTheyTell() {
        DatabaseSettings settings = settings();
        Engine engine = HubDatabase.engine(settings);
        OldSchema.lay(engine, 27);
        try (Handle old = Jdbi.open(engine.writing())) {
            lay(old, "one", 1, "t-1");
            lay(old, "two", 2, "t-1", "t-2", "t-1", "t-2");
            lay(old, "same", 3, "t-2", "t-2");
            lay(old, "damaged", 4);
        }
        try (HubDatabase database = HubDatabase.open(settings, 1)) {
            assertThat(ids(database, "t-1")).containsExactly("two", "one");
            assertThat(ids(database, "t-2")).containsExactly("same", "two");
            int others = database.reader()
                    .withHandle(handle -> handle.createQuery("SELECT COUNT(*) FROM outbox_also")
                            .mapTo(int.class)
                            .one());
            assertThat(others).isOne();
        }
    }

    @Test
    void whatAnOlderHubLaysDownAfterwardsIsFoundByItsFirstTicketAndByAllOnceThisOneWritesIt() {
        try (HubDatabase database = HubDatabase.open(settings(), 1)) {
            DeliveryRows rows = new DeliveryRows(database.writer());
            Delivery one = TestDeliveries.waiting("both");
            Notice first = one.notices().getFirst();
            Notice second = new Notice(first.kind(), "t-2", 1, first.at(), first.text(), first.about());
            Delivery both =
                    new Delivery(one.id(), one.address(), List.of(first, second), one.omitted(), one.plan(), one.run());
            write(database, () -> rows.write(List.of(both)));
            database.writer().handle().execute("DELETE FROM outbox_also");
            assertThat(ids(database, first.ticket())).containsExactly("both");
            assertThat(ids(database, "t-2")).isEmpty();
            write(database, () -> rows.write(List.of(Objects.requireNonNull(rows.find("both")))));
            assertThat(ids(database, "t-2")).containsExactly("both");
        }
    }

    private static void write(HubDatabase database, Runnable work) {
        database.writer().begin();
        work.run();
        database.writer().commit();
    }

    private static List<String> ids(HubDatabase database, String ticket) {
        return database.reader()
                .withHandle(handle -> handle.createQuery(
                                "SELECT id FROM outbox WHERE " + OutboxQueries.OF_TICKET + " ORDER BY made_at DESC")
                        .bind("ticket", ticket)
                        .mapTo(String.class)
                        .list());
    }

    /** As {@code DeliveryForm} writes it, in short. */
    private static void lay(Handle old, String id, long made, String... tickets) {
        String notices = tickets.length == 0
                ? "[{"
                : List.of(tickets).stream()
                        .map(ticket -> "{\"notice\":\"opened\",\"ticket\":\"" + ticket + "\",\"version\":1}")
                        .toList()
                        .toString()
                        .replace("}, {", "},{");
        old.execute(
                "INSERT INTO outbox VALUES (?, 'c', 'hook', '*', ?, ?, 1, 'now', ?, 0, 'delivered', 1, 0, NULL)",
                id,
                tickets.length == 0 ? "t-3" : tickets[0],
                made,
                notices);
    }
}
