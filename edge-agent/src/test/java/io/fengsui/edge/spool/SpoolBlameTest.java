package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is to blame for what cannot be written: one of those that are held, or nobody. */
class SpoolBlameTest extends TestingStumble {
    /** A constraint, a value that is too big, and the like: what SQLite says of one slot's data, and not of the file. */
    @Test
    void aSlotWhoseDataSqliteRefusesIsSetAsideAndAllBehindItAreWritten() throws Exception {
        listen();
        Event bad = event(Lane.URGENT, Phase.BEGUN);
        List<Event> good = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            good.add(event(i % 2 == 0 ? Lane.URGENT : Lane.BULK, Phase.BEGUN));
        }
        onEach("record", " WHEN NEW.event_id='" + bad.id() + "'");
        spool.append(slot(good.get(0)));
        spool.append(slot(bad));
        good.stream().skip(1).forEach(event -> spool.append(slot(event)));
        commitsUntilAllIsDone();
        assertThat(stored(Lane.URGENT))
                .contains(
                        good.get(0).id().toString(),
                        good.get(2).id().toString(),
                        good.get(4).id().toString())
                .doesNotContain(bad.id().toString());
        assertThat(stored(Lane.BULK)).hasSize(2);
        assertThat(causes).containsExactly("refused 1");
        assertThat(memory.onlyWay).extracting(Event::id).containsExactly(bad.id());
    }

    @Test
    void aSlotThatIsHeldAloneIsSetAsideToo() throws Exception {
        listen();
        Event bad = event(Lane.URGENT, Phase.BEGUN);
        spool.append(poison(bad));
        commitsUntilAllIsDone();
        assertThat(causes).containsExactly("refused 1");
        assertThat(spool.stats().heldSlots()).isZero();
        assertThat(number("SELECT count(*) FROM record"))
                .as("nothing of what was tried stays")
                .isEqualTo(1);
    }

    /** As a failed write: what is held waits for better times. */
    @Test
    void whatSqliteRefusesOfEverySlotIsNoSlotsFault() throws Exception {
        listen();
        onEach("record", "");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Event one = event(Lane.URGENT, Phase.BEGUN);
            ids.add(one.id().toString());
            spool.append(slot(one));
        }
        triesInVain(30);
        assertThat(spool.stats().heldSlots()).isEqualTo(4);
        assertThat(memory.onlyWay).isEmpty();
        sql("DROP TRIGGER refused");
        commitsUntilAllIsDone();
        assertThat(stored(Lane.URGENT)).isEqualTo(ids);
        assertThat(causes).as("lost").isEmpty();
    }

    /** Shared state that is wrong: whatever goes into this lane throws, and no error of SQLite's. */
    @Test
    void anExceptionOverEverySlotIsNoSlotsFault() throws Exception {
        listen();
        put(event(Lane.URGENT, Phase.INSTANT));
        onEach("record", "");
        List<Event> events = List.of(event(Lane.URGENT, Phase.BEGUN), event(Lane.URGENT, Phase.BEGUN));
        events.forEach(one -> spool.append(slot(one)));
        triesInVain(1);
        sql("CREATE TABLE kept AS SELECT last_hash FROM lane WHERE lane=0");
        sql("UPDATE lane SET last_hash=x'00', crc=-1 WHERE lane=0");
        sql("DROP TRIGGER refused");
        triesInVain(30);
        assertThat(spool.stats().heldSlots()).isEqualTo(2);
        sql("UPDATE lane SET last_hash=(SELECT last_hash FROM kept), crc=-1 WHERE lane=0");
        commitsUntilAllIsDone();
        assertThat(stored(Lane.URGENT))
                .hasSize(3)
                .endsWith(events.get(0).id().toString(), events.get(1).id().toString());
        assertThat(causes).as("lost").isEmpty();
        assertThat(memory.onlyWay).isEmpty();
    }

    /** That two fail in a row may be of both or of none: the next one tells. */
    @Test
    void whereAllThatIsHeldFailsNothingIsSetAsideBeforeAnotherOneCanBeWritten() throws Exception {
        listen();
        spool.append(poison(event(Lane.URGENT, Phase.BEGUN)));
        spool.append(poison(event(Lane.URGENT, Phase.BEGUN)));
        triesInVain(20);
        assertThat(memory.onlyWay).isEmpty();
        Event good = event(Lane.URGENT, Phase.BEGUN);
        spool.append(slot(good));
        commitsUntilAllIsDone();
        assertThat(stored(Lane.URGENT)).contains(good.id().toString());
        assertThat(memory.onlyWay).hasSize(2);
        time.advance(Duration.ofMinutes(10));
        spool.idle();
        assertThat(causes).allMatch(cause -> cause.startsWith("refused")).isNotEmpty();
    }

    @Test
    void whatFailsForEveryTaskIsNoTasksFault() throws Exception {
        onEach("taken_order", "");
        CompletableFuture<Boolean> order = spool.claimOrder(new UUID(1, 2));
        spool.append(slot(event(Lane.URGENT, Phase.BEGUN)));
        triesInVain(20);
        assertThat(order).isNotDone();
        sql("DROP TRIGGER refused");
        commitsUntilAllIsDone();
        assertThat(order).isCompletedWithValue(true);
    }

    /** Each transaction that moves a lane writes its head last, so each slot fails by itself. */
    @Test
    void aLaneWhoseHeadCannotBeWrittenIsNoSlotsFault() throws Exception {
        listen();
        put(event(Lane.URGENT, Phase.INSTANT));
        onEach("lane", "");
        List<Event> events = List.of(event(Lane.URGENT, Phase.BEGUN), event(Lane.URGENT, Phase.BEGUN));
        events.forEach(one -> spool.append(slot(one)));
        triesInVain(30);
        assertThat(spool.stats().heldSlots()).isEqualTo(2);
        sql("DROP TRIGGER refused");
        commitsUntilAllIsDone();
        assertThat(stored(Lane.URGENT))
                .endsWith(events.get(0).id().toString(), events.get(1).id().toString());
        assertThat(causes).as("lost").isEmpty();
        assertThat(memory.onlyWay).isEmpty();
    }

    @Test
    void whatFailsForEveryLossIsNoTasksFault() throws Exception {
        Evidence picture = TestingEvents.picture();
        put(event(Lane.URGENT, Phase.INSTANT, picture));
        onEach("gap", "");
        CompletableFuture<Void> given = spool.evidence().givenUp(picture.id(), "no room");
        triesInVain(20);
        assertThat(given).isNotDone();
        sql("DROP TRIGGER refused");
        commitsUntilAllIsDone();
        assertThat(given).isCompleted();
    }
}
