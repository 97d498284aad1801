package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.LaneRecord;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** A spool of schema version 1 is brought up to date, and its rows keep the checksums they have. */
class SpoolVersionTest extends TestingSpool {
    @Test
    void takesOverASpoolOfVersionOne() throws Exception {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            events.add(event(i % 2 == 0 ? Lane.URGENT : Lane.BULK, Phase.BEGUN));
            put(events.getLast());
        }
        String epoch = spool.epoch();
        List<LaneRecord> before = read(Lane.URGENT, 1);
        spool.close();
        toVersionOne();
        spool = Spool.open(SpoolSettings.in(directory), time);

        assertThat(spool.repaired().isClean()).isTrue();
        assertThat(spool.epoch()).isEqualTo(epoch);
        assertThat(spool.restored().openEvents()).containsExactlyInAnyOrderElementsOf(events);
        assertThat(read(Lane.URGENT, 1)).usingRecursiveComparison().isEqualTo(before);
        put(event(Lane.URGENT, Phase.INSTANT));

        spool.close();
        sql("UPDATE record SET body = zeroblob(length(body)) WHERE lane = 0 AND sequence = 3");
        spool = Spool.open(SpoolSettings.in(directory), time);
        assertThat(spool.repaired().records()).isEqualTo(1);
        assertThat(spool.epoch()).isEqualTo(epoch);
    }

    private void toVersionOne() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                PreparedStatement update =
                        connection.prepareStatement("UPDATE record SET crc32c=? WHERE lane=? AND sequence=?");
                var rows = connection.createStatement().executeQuery("SELECT lane, sequence, body FROM record")) {
            List<Object[]> sums = new ArrayList<>();
            while (rows.next()) {
                CRC32C sum = new CRC32C();
                sum.update(ByteBuffer.allocate(9)
                        .put((byte) rows.getInt(1))
                        .putLong(rows.getLong(2))
                        .flip());
                sum.update(rows.getBytes(3));
                sums.add(new Object[] {sum.getValue(), rows.getInt(1), rows.getLong(2)});
            }
            for (Object[] sum : sums) {
                for (int i = 0; i < sum.length; i++) {
                    update.setObject(i + 1, sum[i]);
                }
                update.executeUpdate();
            }
        }
        for (String change : List.of(
                "ALTER TABLE record DROP COLUMN importance",
                "ALTER TABLE record DROP COLUMN hash_crc",
                "ALTER TABLE lane DROP COLUMN crc",
                "ALTER TABLE rule_state DROP COLUMN crc",
                "ALTER TABLE live_event DROP COLUMN crc",
                "DROP TABLE gap",
                "DROP TABLE damaged",
                "PRAGMA user_version=1")) {
            sql(change);
        }
    }
}
