package io.fengsui.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnduringTimerTest {
    private final List<Throwable> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final CountDownLatch fourTurns = new CountDownLatch(4);
    private final EnduringTimer timer = new EnduringTimer("test", told::add);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    /** The first two throw. */
    private void turn() {
        int turn = turns.incrementAndGet();
        fourTurns.countDown();
        if (turn <= 2) {
            throw new NoClassDefFoundError("gone");
        }
    }

    private void awaitFourTurns() throws InterruptedException {
        assertThat(fourTurns.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(told).hasSize(2).allMatch(thrown -> thrown instanceof NoClassDefFoundError);
    }

    @Test
    void whatComesAgainAndAgainComesAlsoAfterATurnThatThrew() throws InterruptedException {
        var _ = timer.scheduleAtFixedRate(this::turn, 0, 5, TimeUnit.MILLISECONDS);
        awaitFourTurns();
    }

    @Test
    void whatComesAfterAPauseComesAlsoAfterATurnThatThrew() throws InterruptedException {
        var _ = timer.scheduleWithFixedDelay(this::turn, 0, 5, TimeUnit.MILLISECONDS);
        awaitFourTurns();
    }

    @Test
    void whatIsDoneNowOrLaterIsToldOnceEach() throws InterruptedException {
        timer.execute(this::turn);
        var _ = timer.schedule(this::turn, 1, TimeUnit.NANOSECONDS);
        timer.execute(this::turn);
        timer.execute(this::turn);
        awaitFourTurns();
    }

    @Test
    void whoeverIsToldAndThrowsEndsNothing() throws InterruptedException {
        EnduringTimer other = new EnduringTimer("test", thrown -> {
            told.add(thrown);
            throw new IllegalStateException("nobody listens");
        });
        try {
            var _ = other.scheduleAtFixedRate(this::turn, 0, 5, TimeUnit.MILLISECONDS);
            awaitFourTurns();
        } finally {
            other.shutdownNow();
        }
    }
}
