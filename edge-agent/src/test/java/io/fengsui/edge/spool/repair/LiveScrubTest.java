package io.fengsui.edge.spool.repair;

import static io.fengsui.edge.spool.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.spool.TestingEvents;
import io.fengsui.edge.spool.TestingSpool;
import io.fengsui.edge.spool.TestingSql;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import io.fengsui.protocol.Severity;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
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
        minutes(6);
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

    /** Damages from outside what no page cache has. */
    private void overwrite(long at, byte... bytes) throws Exception {
        try (FileChannel file = FileChannel.open(directory.resolve("spool.db"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), at);
        }
    }

    private Event[] over(int many, int bytes) {
        Event[] events = new Event[many];
        for (int i = 0; i < many; i++) {
            events[i] = TestingEvents.sized(Lane.URGENT, Phase.INSTANT, bytes);
        }
        return events;
    }

    /** Where its text begins in a leaf of a table, by the bytes of the file. */
    private int place(Event event) throws Exception {
        byte[] file = Files.readAllBytes(directory.resolve("spool.db"));
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(event.id().toString());
        while (at >= 0 && file[at - at % SpoolSettings.PAGE_BYTES] != 0x0A) {
            at = text.indexOf(event.id().toString(), at + 1);
        }
        assertThat(at).isPositive();
        return at;
    }

    @Test
    void aPageOfRecordsThatMakesNoSenseKeepsNoAlarmFromTheDisk() throws Exception {
        Event begun = event(Lane.URGENT, Phase.BEGUN);
        put(begun);
        Event[] over = over(500, 1_000);
        put(over);
        for (int i = 0; i < 7; i++) {
            put(over(500, 1_000));
        }
        reopen(SpoolSettings.in(directory));
        AtomicInteger told = new AtomicInteger();
        spool.onDamage(told::incrementAndGet);
        int place = place(over[250]);
        sql("UPDATE live_event SET body=x'00'");
        overwrite(place - place % SpoolSettings.PAGE_BYTES, new byte[SpoolSettings.PAGE_BYTES]);
        time.advance(Duration.ofSeconds(61));
        for (int i = 0; i < 20; i++) {
            put(event(Lane.URGENT, Phase.INSTANT));
        }
        assertThat(told).hasValue(0);
        minutes(3);
        assertThat(told).hasValue(1);
        assertThat(spool.stats().losses().failures()).isZero();
    }

    @Test
    void recordsAreLookedThroughSomeAtATimeAndNoTransactionWaitsForAll() throws Exception {
        put(event(Lane.URGENT, Phase.BEGUN));
        put(over(1_000, 10));
        sql("UPDATE live_event SET body=x'00'");
        String mended = "SELECT count(*) FROM live_event WHERE length(body) > 1";
        minutes(1);
        assertThat(number(mended)).isZero();
        for (int i = 0; i < 4; i++) {
            assertThat(spool.idle()).isTrue();
        }
        assertThat(number(mended)).isEqualTo(1);
        assertThat(spool.stats().losses().damaged()).isZero();
    }

    @Test
    void anEarlierWordIsNotTakenForTheLastOneWhereThatIsDamaged() throws Exception {
        Event begun = event(Lane.URGENT, Phase.BEGUN);
        put(begun);
        put(worse(begun));
        sql("UPDATE live_event SET body=x'00'");
        sql("UPDATE record SET body=x'00' WHERE revision=2");
        minutes(3);
        assertThat(number("SELECT length(body) FROM live_event")).isEqualTo(1);
        assertThat(spool.stats().losses().damaged()).isEqualTo(1);
        // What nothing could mend is written anew with the next word.
        put(worse(worse(begun)));
        minutes(2);
        sql("UPDATE live_event SET body=x'00'");
        minutes(1);
        reopen(SpoolSettings.in(directory));
        assertThat(spool.restored().openEvents()).containsExactly(worse(worse(begun)));
    }

    @Test
    void aRowThatIsNotWantedAnyMoreIsNotWrittenAgain() throws Exception {
        Evidence picture = TestingEvents.picture();
        put(event(Lane.URGENT, Phase.INSTANT, picture));
        sql("UPDATE live_event SET body=x'00'");
        spool.evidence().lost(picture.id(), "the camera is away");
        minutes(1);
        assertThat(number("SELECT count(*) FROM live_event")).isZero();
        assertThat(spool.stats().losses().damaged()).isZero();
    }

    @Test
    void aRowWithoutAKeyCountsAsDamageAndTheOthersAreVerifiedAllTheSame() throws Exception {
        Event[] open = {
            event(Lane.URGENT, Phase.BEGUN), event(Lane.URGENT, Phase.BEGUN), event(Lane.URGENT, Phase.BEGUN)
        };
        Arrays.sort(open, Comparator.comparing(event -> event.id().toString()));
        put(open);
        reopen(SpoolSettings.in(directory));
        AtomicInteger told = new AtomicInteger();
        spool.onDamage(told::incrementAndGet);
        int page = TestingSql.root(directory, "live_event") - 1;
        byte[] file = Files.readAllBytes(directory.resolve("spool.db"));
        int key = new String(file, StandardCharsets.ISO_8859_1)
                .indexOf(open[2].id().toString(), page * SpoolSettings.PAGE_BYTES);
        // The header of the row: its length, then a type for each column. The key's bytes become the body's.
        assertThat(file[key - 6]).isEqualTo((byte) 6);
        int body = ((file[key - 3] & 0x7F) << 7 | file[key - 2])
                + 2 * open[2].id().toString().length();
        overwrite(key - 5, (byte) 0, file[key - 4], (byte) (0x80 | body >> 7), (byte) (body & 0x7F));
        minutes(1);
        sql("UPDATE live_event SET body=x'00' WHERE event_id='" + open[0].id() + "'");
        minutes(2);
        assertThat(number("SELECT length(body) FROM live_event WHERE event_id='" + open[0].id() + "'"))
                .isGreaterThan(1);
        minutes(2);
        assertThat(told).hasValue(1);
        reopen(SpoolSettings.in(directory));
        assertThat(spool.restored().openEvents()).containsExactlyInAnyOrder(open);
    }
}
