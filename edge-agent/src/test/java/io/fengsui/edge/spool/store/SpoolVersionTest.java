package io.fengsui.edge.spool.store;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.Spool;
import io.fengsui.edge.spool.TestingSpool;
import io.fengsui.edge.spool.TestingSql;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.link.LaneRecord;
import java.util.ArrayList;
import java.util.List;
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
        TestingSql.toVersionOne(directory);
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
}
