package io.fengsui.hub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Json;
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
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final AtomicLong counted = new AtomicLong();
    private TestHub hub;
    private ChangeFeed feed;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        hub = TestHub.open(folder);
        feed = new ChangeFeed(
                hub.queries.changes(),
                (entity, ids) -> {
                    read.addAndGet(ids.size());
                    return ids.stream()
                            .filter(id -> !gone.contains(id))
                            .collect(Collectors.toMap(
                                    id -> id, id -> new Told(Json.object().put("id", id), reach -> true)));
                },
                1);
        feed.observe((kind, events) -> counted.addAndGet(events));
        feed.start();
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
}
