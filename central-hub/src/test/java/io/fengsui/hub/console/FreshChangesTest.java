package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.store.query.ChangeQueries.ChangeRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the writer tells is given as far as it follows on a position without a gap. */
class FreshChangesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration AT_ONCE = Duration.ZERO;

    private final FreshChanges fresh = new FreshChanges();

    private static List<Change> changes(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> i % 2 == 0
                        ? new Change(0, i, NOW, Change.Entity.TICKET, "t" + i, Change.Kind.CHANGED, "")
                        : new Change(0, i, NOW, Change.Entity.EVENT, "e" + i, Change.Kind.ADDED, "fire.smoke"))
                .toList();
    }

    private List<Long> offsets(long after, int most) {
        return Objects.requireNonNull(fresh.after(after, most), "a gap").rows().stream()
                .map(ChangeRow::offset)
                .toList();
    }

    @Test
    void severalCommitsThatFollowOnOneAnotherAreGivenTogetherAsTheTableWouldGiveThem() {
        fresh.add(changes(5, 6));
        fresh.add(changes(7, 9));
        FreshChanges.Portion portion = Objects.requireNonNull(fresh.after(4, 100), "a gap");
        assertThat(portion.rows())
                .hasSize(5)
                .startsWith(
                        new ChangeRow(0, 5, NOW.toEpochMilli(), "event", "e5", "added"),
                        new ChangeRow(0, 6, NOW.toEpochMilli(), "ticket", "t6", "changed"));
        assertThat(portion.newEvents()).isEqualTo(Map.of("fire.smoke", 3L));
    }

    @Test
    void asManyAsAreWantedAreGivenAndTheRestOnThem() {
        fresh.add(changes(1, 3));
        fresh.add(changes(4, 6));
        assertThat(offsets(0, 2)).containsExactly(1L, 2L);
        assertThat(offsets(2, 2)).containsExactly(3L, 4L);
        assertThat(Objects.requireNonNull(fresh.after(2, 2), "a gap").newEvents())
                .isEqualTo(Map.of("fire.smoke", 1L));
        assertThat(offsets(4, 100)).containsExactly(5L, 6L);
        assertThat(offsets(6, 100)).isEmpty();
    }

    @Test
    void theSameIsGivenOnceMoreUntilThePositionIsPastIt() {
        fresh.add(changes(1, 3));
        assertThat(offsets(0, 100)).isEqualTo(offsets(0, 100)).hasSize(3);
        assertThat(offsets(3, 100)).isEmpty();
    }

    @Test
    void aGapIsToldAndWhatFollowsOnItIsGivenOnceThePositionIsThere() {
        fresh.add(changes(5, 6));
        assertThat(fresh.after(3, 100)).isNull();
        assertThat(offsets(4, 100)).containsExactly(5L, 6L);
        fresh.add(changes(9, 9));
        assertThat(offsets(4, 100)).containsExactly(5L, 6L);
        assertThat(fresh.after(6, 100)).isNull();
        assertThat(offsets(8, 100)).containsExactly(9L);
    }

    @Test
    void theTableIsAskedAtFirstAndWhenNothingOrNotEverythingWasTold() throws InterruptedException {
        fresh.add(changes(1, 1));
        assertThat(fresh.await(AT_ONCE)).isTrue();
        assertThat(fresh.await(AT_ONCE)).isTrue(); // nothing was told
        fresh.add(changes(2, 2));
        assertThat(fresh.await(AT_ONCE)).isFalse();
        fresh.add(List.of());
        assertThat(fresh.await(AT_ONCE)).isTrue();
        fresh.add(changes(3, 3));
        assertThat(fresh.await(AT_ONCE)).isFalse();
    }

    @Test
    void noMoreIsKeptThanTheBoundAndTheTableIsAskedThen() throws InterruptedException {
        fresh.add(changes(1, FreshChanges.MOST));
        assertThat(fresh.await(AT_ONCE)).isTrue(); // the first time
        fresh.add(changes(FreshChanges.MOST + 1, FreshChanges.MOST + 1));
        assertThat(fresh.await(AT_ONCE)).isTrue();
        assertThat(offsets(0, 100)).isEmpty();
        fresh.add(changes(FreshChanges.MOST + 2, FreshChanges.MOST + 2));
        assertThat(fresh.await(AT_ONCE)).isFalse();
        assertThat(fresh.after(0, 100)).isNull();
        assertThat(offsets(FreshChanges.MOST + 1, 100)).containsExactly(FreshChanges.MOST + 2L);
    }

    @Test
    void whatThePositionIsPastMakesRoom() throws InterruptedException {
        int half = FreshChanges.MOST / 2;
        for (int from = 1; from < 4 * half; from += half) {
            fresh.add(changes(from, from + half - 1));
            fresh.await(AT_ONCE);
            assertThat(offsets(from - 1, half)).hasSize(half);
        }
    }
}
