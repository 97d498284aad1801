package io.fengsui.edge.uplink;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.spool.TestingSql;
import io.fengsui.edge.spool.read.SpoolReader;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.value.Sha256;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A read of the spool does not come back, as of a disk that does not answer. */
@Tag("slow")
class HungReadTest extends TestingUplink {
    /** Reading a record takes many seconds, and writing one fails. */
    private static final String HANGS = "CREATE VIEW record AS SELECT * FROM hidden WHERE (WITH RECURSIVE turn(x) AS"
            + " (SELECT 1 UNION ALL SELECT x+1 FROM turn LIMIT 100000000) SELECT count(*) FROM turn) > 0";

    private static boolean isReading() {
        for (Map.Entry<Thread, StackTraceElement[]> one :
                Thread.getAllStackTraces().entrySet()) {
            if (one.getKey().getName().equals("uplink-read")
                    && Arrays.stream(one.getValue())
                            .anyMatch(frame -> frame.getClassName().equals(SpoolReader.class.getName()))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void anAlarmFromMemoryIsSentWhileItHangsAndTheLaneWhenItIsOver() throws Exception {
        edge.put(event(Lane.URGENT, Phase.INSTANT), event(Lane.URGENT, Phase.INSTANT));
        await().until(() -> edge.spool.lane(Lane.URGENT).last() == 2);
        Sha256 hash;
        try (SpoolReader reader = edge.spool.newReader()) {
            hash = Sha256.of(reader.prefixHash(Lane.URGENT, 1).orElseThrow());
        }
        hub.positions.put(Lane.URGENT, new LanePosition(Lane.URGENT, 1, hash));
        TestingSql.run(directory, "ALTER TABLE record RENAME TO hidden");
        TestingSql.run(directory, HANGS);
        Uplink uplink = edge.connect(hub.port());
        edge.spool.tellVolatileTo(uplink.fromMemory());
        await().until(HungReadTest::isReading);
        Event alarm = event(Lane.URGENT, Phase.INSTANT);
        edge.put(alarm);
        await().until(() -> hub.past.containsKey(alarm.id()));
        assertThat(isReading()).as("it still hangs").isTrue();

        TestingSql.run(directory, "DROP VIEW record");
        TestingSql.run(directory, "ALTER TABLE hidden RENAME TO record");
        await().atMost(Duration.ofMinutes(2)).until(() -> !isReading());
        await().until(() -> {
            edge.time.advance(Duration.ofMinutes(1));
            return hub.sequences(Lane.URGENT).containsAll(List.of(2L, 3L));
        });
    }
}
