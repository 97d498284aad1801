package io.fengsui.hub.app;

/** The same with several writers. */
class HubTakeoverWithWritersTest extends HubTakeoverTest {
    @Override
    int writers() {
        return TestPostgres.WRITERS;
    }
}
