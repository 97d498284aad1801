package io.fengsui.hub.app;

import java.nio.file.Path;

/** The same with several writers. */
class HubExpiryWithWritersTest extends HubExpiryTest {
    @Override
    TestTown town(Path folder) {
        return TestPostgres.town(folder, TestPostgres.WRITERS);
    }
}
