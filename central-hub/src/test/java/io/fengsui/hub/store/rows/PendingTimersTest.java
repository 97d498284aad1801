package io.fengsui.hub.store.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.sla.PendingTimers;
import io.fengsui.hub.sla.Timer;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.WriterSession;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set, set where none stands, and cancelled, over the rows of a real database. */
class PendingTimersTest {
    private static final Instant T0 = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant LATER = T0.plusSeconds(60);

    private HubDatabase database;
    private WriterSession session;
    private PendingTimers timers;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1);
        session = database.writer();
        session.begin();
        timers = new PendingTimers(new TimerRows(session, 0));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Timer timer(String id, Instant due) {
        return new Timer(id, due, "kind", "subject-of-" + id);
    }

    private List<Timer> due(Instant now) {
        return timers.due("kind", now, 100);
    }

    @Test
    void whatIsSetIsDueAtItsTimeAndWrittenBeforeItIsLookedFor() {
        timers.set(timer("a", LATER));
        timers.set(timer("b", T0));
        assertThat(due(T0)).containsExactly(timer("b", T0));
        assertThat(due(LATER)).containsExactly(timer("b", T0), timer("a", LATER));
    }

    @Test
    void ofOneIdTheLastWordCountsWithinATransactionAndOverTwo() {
        timers.set(timer("a", T0));
        timers.cancel("a");
        assertThat(due(LATER)).isEmpty();

        timers.cancel("a");
        timers.set(timer("a", LATER));
        assertThat(due(LATER)).containsExactly(timer("a", LATER));

        timers.set(timer("a", T0));
        assertThat(due(LATER)).as("moved").containsExactly(timer("a", T0));
        timers.cancel("a");
        assertThat(due(LATER)).isEmpty();
    }

    @Test
    void aMissingOneIsSetOnlyWhereNoneStands() {
        timers.set(timer("a", T0));
        timers.write();
        timers.setMissing(timer("a", LATER));
        timers.setMissing(timer("b", T0));
        timers.setMissing(timer("b", LATER));
        timers.set(timer("c", T0));
        timers.setMissing(timer("c", LATER));
        timers.setMissing(timer("d", T0));
        timers.cancel("d");
        assertThat(due(LATER)).containsExactly(timer("a", T0), timer("b", T0), timer("c", T0));

        timers.cancel("a");
        timers.setMissing(timer("a", LATER));
        assertThat(due(LATER)).as("cancelled, so none stands").contains(timer("a", LATER));
    }

    @Test
    void whatWasNotWrittenIsForgottenWithItsTransaction() {
        timers.set(timer("kept", T0));
        timers.write();
        session.commit();
        session.begin();
        timers.set(timer("a", T0));
        timers.setMissing(timer("b", T0));
        timers.cancel("kept");
        timers.forget();
        assertThat(due(LATER)).containsExactly(timer("kept", T0));
    }
}
