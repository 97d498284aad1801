package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoleThreadsTest {
    @Test
    void worksAgainUntilTheWorkSaysNo() throws InterruptedException {
        List<String> threads = new CopyOnWriteArrayList<>();
        var timer = RoleThreads.every(Duration.ofMillis(1), "beat", () -> {
            threads.add(Thread.currentThread().getName());
            return threads.size() < 3;
        });
        assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).containsExactly("beat", "beat", "beat");
    }

    @Test
    void endsWhenTheWorkThrows() throws InterruptedException {
        var timer = RoleThreads.every(Duration.ofMillis(1), "beat", () -> {
            throw new IllegalStateException("broken");
        });
        assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> timer.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
