package io.fengsui.hub.app;

import io.fengsui.hub.config.HubSettings;
import java.nio.file.Path;

/** The same on PostgreSQL. */
class HubLivesOnPostgresTest extends HubLivesTest {
    @Override
    HubSettings settings(Path data) {
        return TestPostgres.settings(data, TestPostgres.database());
    }
}
