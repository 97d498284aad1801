package io.fengsui.hub.app;

import java.nio.file.Path;

/** The same on PostgreSQL. */
class HubKeyOnPostgresTest extends HubKeyTest {
    @Override
    TestTown town(Path data) {
        return TestPostgres.town(data);
    }
}
