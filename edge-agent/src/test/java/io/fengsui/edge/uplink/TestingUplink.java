package io.fengsui.edge.uplink;

import static org.awaitility.Awaitility.await;

import io.fengsui.protocol.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An edge and a scripted hub that it talks to. */
class TestingUplink {
    @TempDir
    Path directory;

    ScriptedHub hub;
    TestingEdge edge;

    @BeforeEach
    void start() throws IOException {
        hub = new ScriptedHub();
        edge = new TestingEdge(directory);
    }

    @AfterEach
    void stop() {
        edge.close();
        hub.close();
    }

    static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    void awaitAcknowledged(Lane lane, long position) {
        await().until(() -> edge.spool.lane(lane).acknowledged() == position);
    }
}
