package io.fengsui.hub.app;

import org.junit.jupiter.api.Tag;

/** The same with several writers. */
@Tag("slow")
class HubFailoverWithWritersTest extends HubFailoverTest {
    @Override
    int writers() {
        return TestPostgres.WRITERS;
    }
}
