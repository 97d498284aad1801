package io.fengsui.edge.uplink;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.spool.TestingLock;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.value.Sha256;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file of which records cannot be read any more hinders nothing but its lanes. */
class UnreadableLaneTest extends TestingUplink {
    private void run(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement run = connection.createStatement()) {
            run.execute("PRAGMA busy_timeout=5000");
            run.execute(statement);
        }
    }

    @Test
    void anAlarmFromMemoryIsSentThoughNoLaneCanBeRead() throws Exception {
        Event left = event(Lane.URGENT, Phase.INSTANT);
        edge.put(left, event(Lane.URGENT, Phase.INSTANT));
        await().until(() -> edge.spool.lane(Lane.URGENT).last() == 2);
        Sha256 hash;
        try (SpoolReader reader = edge.spool.newReader()) {
            hash = Sha256.of(reader.prefixHash(Lane.URGENT, 1).orElseThrow());
        }
        hub.positions.put(Lane.URGENT, new LanePosition(Lane.URGENT, 1, hash));
        run("ALTER TABLE record RENAME TO hidden");
        Uplink uplink = edge.connect(hub.port());
        edge.spool.tellVolatileTo(uplink.fromMemory());
        await().until(() -> uplink.state() == LinkState.CONNECTED);
        Event alarm = event(Lane.URGENT, Phase.INSTANT);
        edge.put(alarm);
        await().until(() -> hub.past.containsKey(alarm.id()));
        assertThat(hub.hellos).as("sessions").hasSize(1);
        assertThat(hub.forks).isEmpty();

        run("ALTER TABLE hidden RENAME TO record");
        edge.time.advance(Duration.ofMinutes(1));
        await().until(() -> hub.sequences(Lane.URGENT).equals(List.of(2L, 3L)));
    }

    @Test
    void whatWasSentFromMemoryIsSentAgainOverTheNextLine() throws Exception {
        Uplink uplink = edge.connect(hub.port());
        edge.spool.tellVolatileTo(uplink.fromMemory());
        await().until(() -> uplink.state() == LinkState.CONNECTED);
        run("ALTER TABLE record RENAME TO hidden");
        Event alarm = event(Lane.URGENT, Phase.INSTANT);
        edge.put(alarm);
        await().until(() -> hub.past.containsKey(alarm.id()));
        // As if it had got lost on a line that was dead already.
        hub.past.clear();
        hub.drop();
        await().until(() -> hub.past.containsKey(alarm.id()));
    }

    @Test
    void aLaneThatCouldNotBeReadWhileTheSpoolWasOpenedIsServedAsSoonAsItIsOpen() throws Exception {
        edge.put(event(Lane.URGENT, Phase.INSTANT), event(Lane.URGENT, Phase.INSTANT));
        await().until(() -> edge.spool.lane(Lane.URGENT).last() == 2);
        edge.close();
        TestingLock.shut(directory);
        edge = new TestingEdge(directory);
        Uplink uplink = edge.connect(hub.port());
        await().until(() -> hub.sequences(Lane.URGENT).equals(List.of(1L, 2L)));
        long opening;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                Statement other = connection.createStatement()) {
            // The attempt waits for the other's transaction, as it would for a slow check.
            other.execute("BEGIN EXCLUSIVE");
            other.execute("UPDATE meta SET value=value");
            TestingLock.open(directory);
            long before = edge.spool.generation();
            edge.time.advance(Duration.ofMinutes(1));
            await().until(() -> edge.spool.generation() > before);
            opening = edge.spool.generation();
            int sessions = hub.hellos.size();
            hub.drop();
            await().until(() -> hub.hellos.size() > sessions && uplink.state() == LinkState.CONNECTED);
            other.execute("ROLLBACK");
        }
        await().until(() -> {
            boolean isOpen = edge.spool.isOpen();
            if (!isOpen && edge.spool.generation() != opening) {
                // It waited too long for the other's transaction: once more.
                edge.time.advance(Duration.ofMinutes(10));
            }
            return isOpen;
        });
        edge.put(event(Lane.URGENT, Phase.INSTANT));
        // The clock stands still.
        await().until(() -> hub.sequences(Lane.URGENT).contains(3L));
    }
}
