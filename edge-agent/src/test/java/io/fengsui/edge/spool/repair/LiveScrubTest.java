package io.fengsui.edge.spool.repair;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSpool;
import io.fengsui.edge.spool.TestingSql;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rows of open alarms that are damaged while nobody reads them. */
class LiveScrubTest extends TestingSpool {
    private void minutes(int many) {
        for (int i = 0; i < many; i++) {
            time.advance(Duration.ofSeconds(61));
            assertThat(spool.idle()).isTrue();
        }
    }

    private static Event worse(Event event) {
        return event.next(Phase.UPDATED, Severity.CRITICAL, TestingEvents.at(TestingEvents.NOON), Map.of(), List.of());
    }

    @Test
    void aDamagedRowOfAnOpenAlarmIsWrittenAgainAsItsNewestRecordSaysIt() throws Exception {
        Event begun = event(Lane.URGENT, Phase.BEGUN);
        Event sound = event(Lane.URGENT, Phase.BEGUN);
        put(begun, sound);
        put(worse(begun));
        minutes(2);
        sql("UPDATE live_event SET body=zeroblob(length(body)) WHERE event_id='" + begun.id() + "'");
        minutes(1);
        reopen(SpoolSettings.in(directory));
        assertThat(spool.repaired().isClean()).isTrue();
        assertThat(spool.restored().openEvents()).containsExactlyInAnyOrder(worse(begun), sound);
    }

    @Test
    void amongManyItIsFoundInItsTurn() throws Exception {
        Event[] many = new Event[600];
        for (int i = 0; i < many.length; i++) {
            many[i] = event(Lane.URGENT, Phase.BEGUN);
        }
        put(many);
        sql("UPDATE live_event SET body=x'00'"
                + " WHERE event_id IN (SELECT event_id FROM live_event ORDER BY event_id LIMIT 3 OFFSET 550)");
        minutes(4);
        reopen(SpoolSettings.in(directory));
        assertThat(spool.repaired().isClean()).isTrue();
        assertThat(spool.restored().openEvents()).containsExactlyInAnyOrder(many);
    }

    @Test
    void aRowThatNothingTellsAnyMoreIsCountedOnce() throws Exception {
        put(event(Lane.URGENT, Phase.BEGUN));
        sql("UPDATE live_event SET body=x'00'");
        sql("UPDATE record SET body=x'00'");
        minutes(5);
        assertThat(spool.stats().losses().damaged()).isEqualTo(1);
    }

    @Test
    void aPageOfOpenAlarmsThatMakesNoSenseIsNoticedWhileTheSpoolIsInUse() throws Exception {
        Event begun = event(Lane.URGENT, Phase.BEGUN);
        put(begun);
        reopen(SpoolSettings.in(directory));
        AtomicInteger told = new AtomicInteger();
        spool.onDamage(told::incrementAndGet);
        minutes(5);
        assertThat(told).hasValue(0);
        int page = TestingSql.root(directory, "live_event");
        try (FileChannel file = FileChannel.open(directory.resolve("spool.db"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(SpoolSettings.PAGE_BYTES), (page - 1L) * SpoolSettings.PAGE_BYTES);
        }
        minutes(4);
        assertThat(told).hasValue(1);
        reopen(SpoolSettings.in(directory));
        assertThat(spool.restored().openEvents()).containsExactly(begun);
        assertThat(spool.openEvents()).containsExactly(begun.id());
    }
}
