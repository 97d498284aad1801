package io.fengsui.hub.app;

import java.nio.file.Path;

/** The same with several writers. */
class HubDeadlineWithWritersTest extends HubDeadlineTest {
    @Override
    TestTown town(Path folder) {
        return TestPostgres.town(folder, TestPostgres.WRITERS);
    }
}
