package io.fengsui.hub.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.runtime.TimeSource;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubMetricsTest {
    /** Counters once stood still from the first collection of garbage on. */
    @Test
    void goesOnCountingAfterGarbageWasCollected(@TempDir Path folder) {
        try (HubDatabase database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 2)) {
            HubMetrics metrics = new HubMetrics(HubQueries.of(database.reader()), TimeSource.system());
            AtomicLong count = new AtomicLong();
            metrics.counter("hub.things", "Things", count::get);
            metrics.gauge("hub.level", "Level", count::get);
            count.set(7);
            WeakReference<Object> garbage = new WeakReference<>(new Object());
            await().until(() -> {
                System.gc();
                return garbage.get() == null;
            });
            assertThat(metrics.scrape("")).contains("hub_things_total 7.0").contains("hub_level 7.0");
        }
    }
}
