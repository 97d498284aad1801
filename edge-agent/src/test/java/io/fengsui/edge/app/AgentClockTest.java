package io.fengsui.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.edge.decide.event.RuleGuard;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a rule's account is charged with. */
class AgentClockTest {
    @Test
    void timeInWhichAThreadDoesNotRunIsNoWork() throws InterruptedException {
        long began = System.nanoTime();
        long before = AgentClock.threadWork();
        boolean isOpened = new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
        long work = AgentClock.threadWork() - before;
        long passed = System.nanoTime() - began;
        assertThat(isOpened).isFalse();
        assertThat(passed).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(work).as("of a thread that waited").isBetween(0L, passed - TimeUnit.MILLISECONDS.toNanos(200));
    }

    @Test
    void whatAThreadDoesIsItsWorkAndNobodyElses() throws InterruptedException {
        long mine = AgentClock.threadWork();
        Worked other = new Worked();
        Thread thread = Thread.ofPlatform().name("busy").start(other);
        thread.join();
        assertThat(other.spent).isGreaterThanOrEqualTo(RuleGuard.ACCOUNT.toNanos() / 10);
        assertThat(AgentClock.threadWork() - mine).isLessThan(other.spent);
    }

    /** Works until its own account says that it did: however slow the machine is, it ends. */
    private static final class Worked implements Runnable {
        private volatile long spent;

        @Override
        public void run() {
            long before = AgentClock.threadWork();
            while (AgentClock.threadWork() - before < RuleGuard.ACCOUNT.toNanos() / 10) {
                Thread.onSpinWait();
            }
            spent = AgentClock.threadWork() - before;
        }
    }
}
