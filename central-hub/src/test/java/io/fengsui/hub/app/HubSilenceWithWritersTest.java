package io.fengsui.hub.app;

import java.nio.file.Path;

/** The same with several writers. */
class HubSilenceWithWritersTest extends HubSilenceTest {
    @Override
    TestTown town(Path data) {
        return TestPostgres.town(data, TestPostgres.WRITERS);
    }
}
