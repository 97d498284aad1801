package io.fengsui.hub.store.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fengsui.hub.shard.Ledger;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandoverRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

    @TempDir
    Path folder;

    private HubDatabase database;
    private HandoverRows rows;

    @BeforeEach
    void open() {
        database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 1);
        database.writer().begin();
        rows = new HandoverRows(database.writer());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void givesEachShardsInTheirOrderAndThoseOfAnOlderPlanFirst() {
        rows.add(2, List.of(handover(1, 1, 0, 1), handover(3, 1, 0, 1)));
        rows.add(1, List.of(handover(2, 10, 0, 1), handover(2, 9, 1, 1), handover(2, 9, 0, 1), handover(4, 1, 0, 1)));
        assertThat(rows.handing()).containsExactly(2, 4);
        assertThat(rows.first(1, null, 10).all()).isEmpty();
        Ledger.Handovers two = rows.first(2, null, 2);
        assertThat(two.all()).extracting(Input.HandedOver::from).containsExactly(from(1, 2, 9, 0), from(1, 2, 9, 1));
        assertThat(two.isMore()).isTrue();
        assertThat(rows.first(2, from(1, 2, 9, 1), 10).all()).hasSize(2);
        rows.delete(two.all());
        assertThat(rows.first(2, null, 10).all())
                .extracting(Input.HandedOver::from)
                .containsExactly(from(1, 2, 10, 0));
        rows.delete(rows.first(2, null, 10).all());
        rows.delete(rows.first(4, null, 10).all());
        assertThat(rows.handing()).containsExactly(1, 3);
        assertThat(rows.first(3, from(2, 3, 1, 0), 10).all())
                .extracting(Input.HandedOver::from)
                .containsExactly(from(2, 3, 1, 0));
    }

    @Test
    void readsNoMoreBytesAtOnceThanThereIsRoomFor() {
        List<Ledger.Handover> large = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            large.add(handover(1, i, 0, 1 << 20));
        }
        rows.add(1, large);
        List<Input.From> taken = new ArrayList<>();
        Ledger.Handovers some = rows.first(1, null, 100);
        while (some.isMore()) {
            assertThat(some.all()).hasSize(16);
            Input.From last = Objects.requireNonNull(some.all().getLast().from());
            assertThat(rows.first(1, last, 100).all()).hasSameSizeAs(some.all());
            some.all().forEach(one -> taken.add(one.from()));
            rows.delete(some.all());
            some = rows.first(1, null, 100);
        }
        assertThat(some.all()).hasSize(8);
        assertThat(taken).hasSize(32).doesNotHaveDuplicates();
    }

    @Test
    void refusesToDeleteOthersThanWereTaken() {
        rows.add(1, List.of(handover(1, 1, 0, 1), handover(1, 2, 0, 1)));
        List<Input.HandedOver> second = List.of(rows.first(1, null, 10).all().getLast());
        assertThatThrownBy(() -> rows.delete(second)).hasMessageContaining("2 handovers of shard 1");
    }

    @Test
    void countsWhatWaitsAndSinceWhen() {
        assertThat(rows.waiting(10)).isEqualTo(Ledger.Waiting.NOTHING);
        rows.add(1, List.of(handover(1, 1, 0, 1), handover(2, 1, 0, 1)));
        assertThat(rows.waiting(10)).isEqualTo(new Ledger.Waiting(2, NOW.plusMillis(1)));
        assertThat(rows.waiting(1).count()).isOne();
    }

    private static Input.From from(long plan, int shard, long offset, int part) {
        return new Input.From(plan, shard, offset, part);
    }

    private static Ledger.Handover handover(int shard, long offset, int part, int bytes) {
        return new Ledger.Handover(
                shard, offset, part, NOW.plusMillis(offset), new Turn.Handed("edge-1", "i1", new byte[bytes]));
    }
}
