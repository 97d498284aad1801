package io.fengsui.hub.app;

import java.nio.file.Path;

/** The same on PostgreSQL. */
class HubExpiryOnPostgresTest extends HubExpiryTest {
    @Override
    TestTown town(Path folder) {
        return TestPostgres.town(folder);
    }
}
