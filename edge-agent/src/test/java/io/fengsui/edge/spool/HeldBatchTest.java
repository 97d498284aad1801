package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.store.Draft;
import io.fengsui.edge.spool.store.SpoolSettings;
import io.fengsui.edge.spool.store.SpoolWriter;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Phase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldBatchTest {
    @TempDir
    private Path directory;

    private final Event bad = event(Lane.URGENT, Phase.BEGUN);
    private final HeldBatch batch = new HeldBatch(16, event -> {
        if (event.id().equals(bad.id())) {
            throw new NoClassDefFoundError("gone");
        }
        return Draft.of(event);
    });

    /** Else its reading would never be acknowledged, and the broker would send it again for ever. */
    @Test
    void anEventThatCannotBeEncodedIsLeftOutAndTheRestOfItsSlotIsWritten() throws SQLException {
        Event good = event(Lane.URGENT, Phase.BEGUN);
        Slot slot = new Slot(
                List.of(bad, good),
                List.of(new Slot.StateChange("dwell/1", new byte[] {1})),
                List.of(),
                List.of(() -> {}),
                0);

        assertThat(batch.add(slot)).containsExactly(bad);
        assertThat(batch.size()).isEqualTo(1);
        Door door = new Door(SpoolSettings.in(directory));
        try (SpoolWriter writer = door.open(NOON.toEpochMilli()).writer()) {
            writer.begin(NOON.toEpochMilli(), 0);
            batch.writeTo(writer);
            writer.commit(1);
            assertThat(writer.head(Lane.URGENT).last()).isEqualTo(1);
        } finally {
            door.close();
        }
        assertThat(batch.committed()).containsExactly(good);
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void aSlotOfNothingElseIsHeldForWhoeverWaitsForItsCommit() {
        assertThat(batch.add(new Slot(List.of(bad), List.of(), List.of(), List.of(() -> {}), 0)))
                .containsExactly(bad);
        assertThat(batch.isEmpty()).isFalse();
    }

    /** What came once may not come again: else each of thousands that wait had an fsync of its own. */
    @Test
    void aFaultThatDoesNotComeAgainMakesTransactionsSmallForAFewOnly() throws SQLException {
        for (int i = 0; i < 15; i++) {
            batch.add(slot(event(Lane.URGENT, Phase.INSTANT)));
        }
        Door door = new Door(SpoolSettings.in(directory));
        try (SpoolWriter writer = door.open(NOON.toEpochMilli()).writer()) {
            writer.begin(NOON.toEpochMilli(), 0);
            batch.writeTo(writer);
            for (int fault = 0; fault < 3; fault++) {
                // By the transaction's end, so nobody knows which.
                assertThat(batch.blame()).isEmpty();
                batch.writeTo(writer);
            }
            List<Integer> sizes = new ArrayList<>();
            while (!batch.isEmpty()) {
                batch.writeTo(writer);
                sizes.add(batch.committed().size());
            }
            assertThat(sizes).containsExactly(1, 2, 4, 8);
        } finally {
            door.close();
        }
    }
}
