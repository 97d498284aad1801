package io.fengsui.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageWatchTest {
    @TempDir
    Path directory;

    private final DamageWatch watch = new DamageWatch(new WriterTasks());
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void tellsOnceAtTheThirdTime() {
        watch.tell(directory, told::incrementAndGet);
        for (int i = 1; i < 6; i++) {
            watch.failed(new SQLException("malformed", "", 11));
            assertThat(told).hasValue(i < 3 ? 0 : 1);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatIsNoDamageDoesNotCount() {
        watch.tell(directory, told::incrementAndGet);
        for (int i = 0; i < 10; i++) {
            watch.failed(new SQLException("busy", "", 5));
            watch.failed(new SQLException("the disk is full", "", 13));
        }
        assertThat(told).hasValue(0);
    }

    @Test
    void anAgentThatMayNotComeBackGoesOnUntilTheDiskTakesSomething() throws Exception {
        Path gone = directory.resolve("gone");
        watch.tell(gone, told::incrementAndGet);
        for (int i = 0; i < 5; i++) {
            watch.placeLost("record 7");
        }
        assertThat(told).hasValue(0);
        Files.createDirectory(gone);
        watch.placeLost("record 7");
        watch.placeLost("record 7");
        assertThat(told).hasValue(1);
    }
}
