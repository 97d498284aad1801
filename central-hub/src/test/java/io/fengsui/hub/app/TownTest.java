package io.fengsui.hub.app;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of a hub of its own and one edge that is not connected yet. */
class TownTest {
    @TempDir
    Path data;

    TestTown town;
    TestEdge edge;

    /** What another database's test has otherwise. */
    TestTown town(Path data) {
        return new TestTown(data);
    }

    @BeforeEach
    void start() {
        town = town(data);
        edge = new TestEdge("edge-1", town.time);
    }

    @AfterEach
    void stop() {
        edge.close();
        town.close();
    }
}
