package io.fengsui.hub.app;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The same on PostgreSQL. */
@Tag("slow")
class HubClockOnPostgresTest extends HubClockTest {
    @Override
    TestTown town(Path data) {
        return TestPostgres.town(data);
    }
}
