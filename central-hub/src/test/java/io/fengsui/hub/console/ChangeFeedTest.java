package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.shard.stage.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed goes along with what is committed, and makes nothing of it while nobody listens. */
class ChangeFeedTest {
    private static final Instant OPENED = Instant.parse("2026-11-21T08:00:00Z");
    private static final SampleScenes.Scene SMOKE = SampleScenes.ALL.get(2);

    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final AtomicLong counted = new AtomicLong();
    private TestHub hub;
    private ChangeFeed feed;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        hub = TestHub.open(folder);
        feed = start(1);
    }

    private ChangeFeed start(int shards) {
        ChangeFeed started = new ChangeFeed(
                hub.queries.changes(),
                (entity, ids) -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("no rows now");
                    }
                    read.addAndGet(ids.size());
                    return ids.stream()
                            .filter(id -> !gone.contains(id))
                            .collect(Collectors.toMap(
                                    id -> id, id -> new Told(Json.object().put("id", id), reach -> true)));
                },
                shards);
        started.observe((kind, events) -> counted.addAndGet(events));
        started.start();
        return started;
    }

    @AfterEach
    void close() {
        feed.close();
        hub.close();
    }

    private void commit(int from, int to) {
        hub.write(town -> {
            for (int i = from; i <= to; i++) {
                town.ticket(i, SMOKE, "reported", OPENED);
                town.change("event", "01939a00-0000-7000-8000-%012d".formatted(i), "added", 1);
            }
        });
        feed.onCommit(List.of());
    }

    private ChangeFeed.Joined join() {
        return feed.join(null, Reach.EVERYWHERE);
    }

    @Test
    void readsNothingWhileNobodyListensAndCountsAllTheSame() {
        commit(1, 40);
        await().until(() -> counted.get() == 40);
        assertThat(join().position().of(0)).isEqualTo(80);
        assertThat(join().number()).isZero();
        assertThat(read).hasValue(0);
    }

    @Test
    void makesFramesFromTheMomentThatSomebodyListens() throws Exception {
        commit(1, 40);
        await().until(() -> counted.get() == 40);
        feed.open();
        ChangeFeed.Joined joined = join();
        commit(41, 42);
        await().until(() -> join().position().of(0) == 84);

        List<ChangeFeed.Frame> frames =
                Objects.requireNonNull(feed.after(joined.number(), Duration.ofSeconds(10)), "fell behind");
        assertThat(frames).hasSize(4);
        assertThat(frames.getLast().text()).contains("id: 0-84");
        assertThat(counted).hasValue(42);

        feed.left();
        commit(43, 50);
        await().until(() -> counted.get() == 50);
        assertThat(read).hasValue(4);
    }

    @Test
    void framesKeepTheOrderOfTheChangesAndOneThatIsGoneIsPassedOver() throws Exception {
        feed.open();
        ChangeFeed.Joined joined = join();
        gone.add("01939a00-0000-7000-8000-%012d".formatted(2));
        commit(1, 3);
        await().until(() -> join().position().of(0) == 6);

        List<ChangeFeed.Frame> frames =
                Objects.requireNonNull(feed.after(joined.number(), Duration.ofSeconds(10)), "fell behind");
        assertThat(frames.stream().map(frame -> frame.text().lines().toList().subList(0, 2)))
                .containsExactly(
                        List.of("event: ticket", "id: 0-1"),
                        List.of("event: event", "id: 0-2"),
                        List.of("event: ticket", "id: 0-3"),
                        List.of("event: ticket", "id: 0-5"),
                        List.of("event: event", "id: 0-6"));
    }

    private static Change told(int offset) {
        return new Change(0, offset, OPENED, Change.Entity.EVENT, "e" + offset, Change.Kind.ADDED, "fire.smoke");
    }

    private void row(int offset) {
        hub.write(town -> town.change("event", "e" + offset, "added", 1));
    }

    private List<String> ids(ChangeFeed.Joined joined) throws InterruptedException {
        return Objects.requireNonNull(feed.after(joined.number(), Duration.ofSeconds(10)), "fell behind").stream()
                .map(frame -> frame.text().lines().toList().get(1))
                .toList();
    }

    @Test
    void whatTheWriterToldIsNotAskedOfTheTable() throws Exception {
        feed.open();
        ChangeFeed.Joined joined = join();
        feed.onCommit(List.of(told(1), told(2))); // there are no such rows
        feed.onCommit(List.of(told(3)));
        await().until(() -> join().position().of(0) == 3);
        assertThat(ids(joined)).containsExactly("id: 0-1", "id: 0-2", "id: 0-3");
        assertThat(counted).hasValue(3);
    }

    @Test
    void whatWasNotToldComesFromTheTableBeforeWhatWasAndEachOnce() throws Exception {
        feed.open();
        ChangeFeed.Joined joined = join();
        for (int offset = 1; offset <= 4; offset++) {
            row(offset);
        }
        feed.onCommit(List.of(told(3), told(4)));
        feed.onCommit(List.of(told(5)));
        await().until(() -> join().position().of(0) == 5);
        assertThat(ids(joined)).containsExactly("id: 0-1", "id: 0-2", "id: 0-3", "id: 0-4", "id: 0-5");
        assertThat(read).hasValue(5);
    }

    @Test
    void whatWasToldTwiceIsShownOnce() throws Exception {
        feed.open();
        ChangeFeed.Joined joined = join();
        feed.onCommit(List.of(told(1), told(2)));
        feed.onCommit(List.of(told(1), told(2)));
        feed.onCommit(List.of(told(2), told(3)));
        await().until(() -> join().position().of(0) == 3);
        assertThat(ids(joined)).containsExactly("id: 0-1", "id: 0-2", "id: 0-3");
        assertThat(counted).hasValue(3);
    }

    @Test
    void whatWasToldWhileRowsCouldNotBeReadIsShownLater() throws Exception {
        feed.open();
        ChangeFeed.Joined joined = join();
        failures.set(1);
        feed.onCommit(List.of(told(1), told(2)));
        await().until(() -> join().position().of(0) == 2);
        assertThat(ids(joined)).containsExactly("id: 0-1", "id: 0-2");
        assertThat(counted).hasValue(2);
    }

    /** Its connection died at the commit, say, and its edges are quiet. */
    @Test
    void ofSeveralWritersTheOneThatToldNothingIsShownWhileAnotherTellsAllTheTime() throws Exception {
        feed.close();
        feed = start(2);
        feed.open();
        ChangeFeed.Joined joined = join();
        hub.write(town -> town.change(1, 1, "event", "quiet"));
        AtomicInteger offset = new AtomicInteger();
        await().until(() -> {
            int next = offset.incrementAndGet();
            row(next);
            feed.onCommit(List.of(told(next)));
            return join().position().of(1) == 1;
        });
        assertThat(Objects.requireNonNull(feed.after(joined.number(), Duration.ofSeconds(10)), "fell behind").stream()
                        .map(ChangeFeed.Frame::text))
                .anyMatch(text -> text.contains("quiet"));
        await().until(() -> join().position().of(0) == offset.get());
    }
}
