package io.fengsui.hub.app;

/** The same with several writers. */
class HubReminderWithWritersTest extends HubReminderOnPostgresTest {
    @Override
    int writers() {
        return TestPostgres.WRITERS;
    }
}
