package io.fengsui.hub.app;

import java.nio.file.Path;

/** The same with several writers. */
class HubLinkWithWritersTest extends HubLinkTest {
    @Override
    TestTown town(Path data) {
        return TestPostgres.town(data, TestPostgres.WRITERS);
    }
}
