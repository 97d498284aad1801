package io.fengsui.hub.app;

import java.nio.file.Path;

/** The same on PostgreSQL. */
class HubFiguresOnPostgresTest extends HubFiguresTest {
    @Override
    TestTown town(Path folder) {
        return TestPostgres.town(folder);
    }
}
