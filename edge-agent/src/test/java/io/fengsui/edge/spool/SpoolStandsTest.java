package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.edge.spool.urgent.SpoolWatch;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The spool's thread does not come back from the disk: others say what is urgent. */
class SpoolStandsTest extends TestingSpool {
    private final TestingVolatile memory = new TestingVolatile();
    private final List<Boolean> outages = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listen() {
        spool.tellVolatileTo(memory);
        spool.commit();
        spool.onOutage(outages::add);
    }

    /** The writer waits here, for somebody else's lock, as it would for an fsync. */
    private CompletableFuture<Boolean> standing(Connection lock) throws Exception {
        try (Statement run = lock.createStatement()) {
            run.execute("BEGIN IMMEDIATE");
        }
        return CompletableFuture.supplyAsync(spool::commit);
    }

    @Test
    void whatIsUrgentGoesOutFromMemoryAndOnceFromTheDiskWhenItTakesIt() throws Exception {
        Event held = event(Lane.URGENT, Phase.BEGUN);
        Event onItsWay = event(Lane.URGENT, Phase.BEGUN);
        Event bulk = event(Lane.BULK, Phase.BEGUN);
        CompletableFuture<Boolean> commit;
        try (Connection lock = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                SpoolWatch watch = spool.watch()) {
            assertThat(spool.append(slot(held, bulk))).isTrue();
            commit = standing(lock);
            spool.decided(onItsWay);
            time.advance(Duration.ofSeconds(3));
            await().untilAsserted(() -> assertThat(memory.ids()).containsExactly(held.id(), onItsWay.id()));
            assertThat(commit).as("nothing may be acknowledged").isNotDone();
            assertThat(watch).isNotNull();
        }
        time.advance(Duration.ofMinutes(1));
        if (!commit.join()) {
            assertThat(spool.commit()).isTrue();
        }
        assertThat(memory.cleared).as("one is on its way").hasValue(0);
        put(onItsWay);
        assertThat(memory.cleared).hasValue(1);
        assertThat(memory.onlyWay).isEmpty();
        assertThat(memory.offered).as("each once").hasSize(2);
        List<EventId> open = spool.openEvents();
        assertThat(open).contains(held.id(), onItsWay.id());
        assertThat(read(Lane.URGENT, 1)).hasSize(2);
    }

    @Test
    void thatNothingIsWrittenIsToldOnceAndItsEndOnce() throws Exception {
        spool.append(slot(event(Lane.URGENT, Phase.BEGUN)));
        CompletableFuture<Boolean> commit;
        try (Connection lock = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"));
                SpoolWatch watch = spool.watch()) {
            commit = standing(lock);
            await().untilAsserted(() -> {
                time.advance(Duration.ofSeconds(1));
                assertThat(outages).containsExactly(true);
            });
            assertThat(commit).isNotDone();
            assertThat(watch).isNotNull();
        }
        time.advance(Duration.ofMinutes(1));
        if (!commit.join()) {
            assertThat(spool.commit()).isTrue();
        }
        assertThat(outages).containsExactly(true, false);
    }

    /** SIGTERM: neither does the end wait for the disk, nor do two threads write. */
    @Test
    void theEndIsNotKeptWaitingAndTheThreadThatStandsClosesTheFileWhenItComesBack() throws Exception {
        Event held = event(Lane.URGENT, Phase.BEGUN);
        assertThat(spool.append(slot(held))).isTrue();
        CompletableFuture<Boolean> commit;
        try (Connection lock = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("spool.db"))) {
            commit = standing(lock);
            await().until(spool.loop.turn::isTaken);
            spool.close();
            assertThat(commit).as("it stands still").isNotDone();
        }
        commit.join();
        open();
        assertThat(spool.openEvents()).as("of the last transaction").contains(held.id());
    }
}
