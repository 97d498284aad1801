package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL. */
@Tag("slow")
class HubFloodOnPostgresTest extends HubFloodTest {
    @Override
    HubSettings settings(Path data) {
        return TestPostgres.settings(data, TestPostgres.database());
    }
}
