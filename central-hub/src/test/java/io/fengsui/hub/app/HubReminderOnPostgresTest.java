package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The same on PostgreSQL. */
class HubReminderOnPostgresTest extends HubReminderTest {
    private @Nullable HubSettings kept;

    /** One database a test, however often its hub is started with another configuration. */
    @Override
    HubSettings settings(Path data) {
        if (kept == null) {
            kept = TestPostgres.settings(data, TestPostgres.database(writers()));
        }
        return kept;
    }

    int writers() {
        return 1;
    }
}
