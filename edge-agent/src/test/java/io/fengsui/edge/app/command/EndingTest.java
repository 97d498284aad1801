package io.fengsui.edge.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fengsui.fieldsim.disk.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EndingTest {
    @TempDir
    Path directory;

    private final AtomicBoolean isDamaged = new AtomicBoolean();
    private final AtomicBoolean isToBeTriedAgain = new AtomicBoolean();
    private final Ending ending = new Ending(Duration.ofMillis(1));

    private final CountDownLatch looks = new CountDownLatch(3);

    private CompletableFuture<Integer> await(Path folder) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                status.complete(ending.await(this::look, folder, isToBeTriedAgain::get));
            } catch (InterruptedException e) {
                status.completeExceptionally(e);
            }
        });
        return status;
    }

    private boolean look() {
        looks.countDown();
        return isDamaged.get();
    }

    @Test
    void endsWellWhenItIsToldTo() throws Exception {
        CompletableFuture<Integer> status = await(directory);
        ending.look();
        ending.stop();
        assertThat(status.get()).isZero();
    }

    @Test
    void whatTellsItToEndIsOverWithItsEnd() throws Exception {
        CompletableFuture<Integer> status = await(directory);
        CountDownLatch ended = new CountDownLatch(1);
        status.thenRun(ended::countDown);
        assertThat(ending.stop(ended, Duration.ofSeconds(50))).isTrue();
        assertThat(status.get()).isZero();
    }

    /** A part that hangs in a disk: the process is not to hang with it. */
    @Test
    void whatTellsItToEndIsOverThoughItDoesNot() {
        assertThat(ending.stop(new CountDownLatch(1), Duration.ofMillis(50))).isFalse();
    }

    @Test
    void isToBeStartedAgainWhenTheSpoolIsDamagedAndLeavesNothingBehind() throws Exception {
        CompletableFuture<Integer> status = await(directory);
        isDamaged.set(true);
        ending.look();
        assertThat(status.get()).isEqualTo(1);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anAgentThatMayNotComeBackGoesOnUntilTheDiskTakesSomething() throws Exception {
        Path gone = directory.resolve("gone");
        isDamaged.set(true);
        CompletableFuture<Integer> status = await(gone);
        looks.await();
        assertThat(status).isNotDone();
        Files.createDirectory(gone);
        assertThat(status.get()).isEqualTo(1);
    }

    @Test
    void whatIsToBeTriedAgainIsTriedAgainAfterAPause() throws Exception {
        isToBeTriedAgain.set(true);
        CompletableFuture<Integer> status = await(directory);
        // Three looks, though nobody asked for one.
        looks.await();
        assertThat(status).isNotDone();
        ending.stop();
        assertThat(status.get()).isZero();
    }

    @Test
    void aDiskWithLessRoomThanAStartNeedsIsNoReasonToEndAndIsNotFilled() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(SmallDisk.Kind.TMPFS, directory.resolve("disk"), 1);
        assumeTrue(mounted.isPresent(), "a file system cannot be mounted here: root is needed");
        try (SmallDisk disk = mounted.get()) {
            Path other = Files.write(disk.folder().resolve("other"), new byte[700 << 10]);
            isDamaged.set(true);
            CompletableFuture<Integer> status = await(disk.folder());
            looks.await();
            assertThat(status).isNotDone();
            Files.delete(other);
            assertThat(status.get()).isEqualTo(1);
            assertThat(disk.folder().resolve("restart-probe")).doesNotExist();
        }
    }

    @Test
    void damageThatIsForgottenIsNoReasonToEnd() throws Exception {
        isDamaged.set(true);
        CompletableFuture<Integer> status = await(directory.resolve("gone"));
        looks.await();
        isDamaged.set(false);
        ending.look();
        assertThat(status).isNotDone();
        ending.stop();
        assertThat(status.get()).isZero();
    }
}
