package io.fengsui.edge.spool;

import static io.fengsui.edge.spool.TestingEvents.NOON;
import static io.fengsui.edge.spool.TestingEvents.event;
import static io.fengsui.edge.spool.TestingEvents.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.spool.fault.AllFailException;
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
import java.util.concurrent.atomic.AtomicBoolean;
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
                batch.suspect();
                assertThat(batch.setAside()).isEmpty();
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

    /** As where a class cannot be loaded any more, or memory is short for a moment. */
    @Test
    void whereNothingCanBeEncodedNoEventIsLostAndAllAreEncodedWhenTheyCanBe() throws SQLException {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        HeldBatch all = new HeldBatch(16, event -> {
            if (isBroken.get()) {
                throw new NoClassDefFoundError("gone");
            }
            return Draft.of(event);
        });
        List<Event> events = List.of(event(Lane.URGENT, Phase.BEGUN), event(Lane.URGENT, Phase.BEGUN));
        for (Event one : events) {
            assertThat(all.add(slot(one))).isEmpty();
        }
        Door door = new Door(SpoolSettings.in(directory));
        try (SpoolWriter writer = door.open(NOON.toEpochMilli()).writer()) {
            writer.begin(NOON.toEpochMilli(), 0);
            assertThatThrownBy(() -> all.writeTo(writer)).isInstanceOf(NoClassDefFoundError.class);
            all.suspect();
            assertThatThrownBy(() -> all.tryOthers(writer)).isInstanceOf(AllFailException.class);
            all.acquit();
            assertThat(all.setAside()).isEmpty();
            isBroken.set(false);
            all.writeTo(writer);
            writer.commit(1);
            assertThat(all.committed()).isEqualTo(events);
            assertThat(all.isEmpty()).isTrue();
            assertThat(all.portionBytes()).isZero();
        } finally {
            door.close();
        }
    }

    @Test
    void wantOfMemoryIsNoEventsFault() {
        HeldBatch scarce = new HeldBatch(16, event -> {
            if (event.id().equals(bad.id())) {
                throw new OutOfMemoryError("heap");
            }
            return Draft.of(event);
        });
        assertThat(scarce.add(slot(bad))).isEmpty();
        assertThat(scarce.size()).isEqualTo(1);
    }
}
