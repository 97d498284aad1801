package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWaitTest {
    @TempDir
    private Path tasks;

    private void task(int id, String nameAndState) throws IOException {
        Files.writeString(
                Files.createDirectories(tasks.resolve(Integer.toString(id))).resolve("stat"),
                id + " " + nameAndState + " 1 2 3 4 0 -1 4194304 0 0\n");
    }

    @Test
    void tellsOfThreadsInTheKernelsUninterruptibleWaitAndOfNoOther() throws IOException {
        task(7, "(java) S");
        task(8, "(ring-spool) D");
        task(9, "(decide) S");
        task(10, "(odd) D) name) D");
        Files.createDirectories(tasks.resolve("11")); // it ended while it was looked at
        DiskWait waits = new DiskWait(tasks);
        assertThat(waits.holds("ring-spool")).isTrue();
        assertThat(waits.holds("decide")).isFalse();
        assertThat(waits.holds("odd) D) name")).isTrue();
        assertThat(waits.holds("odd")).isFalse();
        assertThat(waits.holds("nobody")).isFalse();
        task(8, "(ring-spool) R");
        assertThat(waits.holds("ring-spool")).isFalse();
    }

    @Test
    void tellsOfNobodyWhereThereIsNoSuchFolder() {
        assertThat(new DiskWait(tasks.resolve("nowhere")).holds("ring-spool")).isFalse();
    }

    @Test
    void aThreadOfThisProcessThatSleepsWaitsForNoDisk() throws InterruptedException {
        Thread sleeper = RoleThreads.named("sleeper", () -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        sleeper.start();
        assertThat(DiskWait.ofThisProcess().holds("sleeper")).isFalse();
        sleeper.interrupt();
        sleeper.join();
    }
}
