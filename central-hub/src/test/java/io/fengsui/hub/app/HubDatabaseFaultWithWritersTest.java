package io.fengsui.hub.app;

/** The same with several writers. */
class HubDatabaseFaultWithWritersTest extends HubDatabaseFaultOnPostgresTest {
    @Override
    int writers() {
        return TestPostgres.WRITERS;
    }
}
