package io.fengsui.hub.store.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.TestDeliveries;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.protocol.value.Name;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that grows is written as if it were written as a whole each time, whatever becomes of a transaction. */
class DeliveryRowsTest {
    private HubDatabase database;
    private DeliveryRows rows;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1);
        rows = new DeliveryRows(database.writer());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Delivery message(String id, int notices) {
        Delivery one = TestDeliveries.waiting(id);
        Notice first = one.notices().getFirst();
        List<Notice> all = new ArrayList<>();
        for (int i = 0; i < notices; i++) {
            all.add(new Notice(
                    first.kind(), "20261121-%04d".formatted(i / 2 + 1), i, first.at(), first.text(), first.about()));
        }
        return new Delivery(id, one.address(), all, 0, one.plan(), one.run());
    }

    private void write(List<Delivery> deliveries, boolean isCommitted) {
        database.writer().begin();
        rows.write(deliveries);
        if (isCommitted) {
            database.writer().commit();
        } else {
            database.writer().discard();
        }
    }

    private List<String> others(String id) {
        return database.reader()
                .withHandle(handle -> handle.createQuery(
                                "SELECT ticket_id FROM outbox_also WHERE outbox_id = :id ORDER BY ticket_id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .list());
    }

    private void assertWritten(Delivery delivery) {
        assertThat(rows.find(delivery.id())).isEqualTo(delivery);
        String first = delivery.notices().getFirst().ticket();
        assertThat(others(delivery.id()))
                .isEqualTo(delivery.notices().stream()
                        .map(Notice::ticket)
                        .filter(ticket -> !ticket.equals(first))
                        .distinct()
                        .sorted()
                        .toList());
    }

    @Test
    void writesWhatIsAddedAndNothingThatWasRolledBack() {
        Random random = new Random(1);
        int[] sizes = {1, 1, 1};
        List<Delivery> last = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            last.add(message("message-" + i, 1));
        }
        write(last, true);
        for (int round = 0; round < 60; round++) {
            boolean isCommitted = random.nextInt(4) > 0;
            List<Delivery> next = new ArrayList<>();
            for (int i = 0; i < sizes.length; i++) {
                next.add(message("message-" + i, sizes[i] + random.nextInt(4)));
            }
            write(next, isCommitted);
            if (isCommitted) {
                last = next;
                for (int i = 0; i < sizes.length; i++) {
                    sizes[i] = next.get(i).notices().size();
                }
            }
            last.forEach(this::assertWritten);
        }
    }

    /** More than it keeps in memory. */
    @Test
    void writesManyLargeMessagesInTurn() {
        for (int size = 5; size < 8; size++) {
            List<Delivery> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                all.add(message("message-" + i, size));
            }
            write(all, true);
            all.forEach(this::assertWritten);
        }
    }

    /** What is appended to is what was written, and nothing that only is as long. */
    @Test
    void writesAMessageAsAWholeThatDoesNotBeginLikeTheOneBefore() {
        Delivery long1 = message("message", 6);
        write(List.of(long1), true);
        List<Notice> others = new ArrayList<>(long1.notices());
        Notice last = others.removeLast();
        others.add(new Notice(last.kind(), last.ticket(), 99, last.at(), last.text(), last.about()));
        Delivery other = new Delivery("message", long1.address(), others, 0, long1.plan(), long1.run());
        write(List.of(other), true);
        assertThat(rows.find("message")).isEqualTo(other);
        Delivery shorter = message("message", 2);
        write(List.of(shorter), true);
        assertThat(rows.find("message")).isEqualTo(shorter);
    }

    /** A message may hold a thousand notices, each with texts of some thousand characters. */
    @Test
    void keepsNoMoreThanSomeMillionCharactersAndNothingOfWhatIsOver() {
        Delivery one = message("message", 1);
        Notice notice = one.notices().getFirst();
        Notice wordy = new Notice(
                notice.kind(), notice.ticket(), 1, notice.at(), new Name("字".repeat(4_000), "word"), notice.about());
        List<Notice> many = Collections.nCopies(500, wordy);
        for (int i = 0; i < 9; i++) {
            Delivery large = new Delivery("message-" + i, one.address(), many, 0, one.plan(), one.run());
            write(List.of(large), true);
            assertThat(rows.find(large.id())).isEqualTo(large);
            assertThat(rows.kept()).isPositive().isLessThan(9_000_000);
        }
        for (int i = 0; i < 9; i++) {
            Delivery.Run over = new Delivery.Run(Delivery.State.DELIVERED, 1, 0, null);
            write(List.of(new Delivery("message-" + i, one.address(), many, 0, one.plan(), over)), true);
        }
        assertThat(rows.kept()).isZero();
    }
}
