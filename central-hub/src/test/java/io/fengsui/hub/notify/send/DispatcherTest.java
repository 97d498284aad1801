package io.fengsui.hub.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.notify.Channel;
import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.TestDeliveries;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.runtime.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is due goes to a real receiver, and what became of it to a log that is here. */
@Timeout(60)
class DispatcherTest {
    private static final int MANY = 120;
    private static final String CHANNEL =
            TestDeliveries.waiting("any").address().channel();

    /** An outbox in memory. Thread-safe. */
    private static final class Messages implements Outbox {
        private final List<Delivery> waiting = new ArrayList<>();
        private final AtomicInteger looks = new AtomicInteger();

        Messages(int count) {
            for (int i = 0; i < count; i++) {
                waiting.add(TestDeliveries.waiting("message-" + i));
            }
        }

        @Override
        public synchronized List<Delivery> due(String channel, Instant now, int limit) {
            return waiting.stream().limit(limit).toList();
        }

        @Override
        public List<Delivery> dueElsewhere(Collection<String> channels, Instant now, int limit) {
            looks.incrementAndGet();
            return List.of();
        }

        synchronized void gone(String id) {
            waiting.removeIf(one -> one.id().equals(id));
        }
    }

    private static Dispatcher dispatcher(TestReceiver receiver, Outbox outbox, TryLog log) {
        Channel hook = new Channel.Webhook(CHANNEL, receiver.uri("/hook"), List.of(), null, Channel.Format.CLOUDEVENTS);
        return new Dispatcher(List.of(hook), outbox, log, TimeSource.system(), new SendCounts());
    }

    /** Four went at each look, and there was a look a second: a receiver that had time was told four things a second. */
    @Test
    void goesOnAsSoonAsThereIsRoomAndNotWithTheNextSecond() throws Exception {
        Messages messages = new Messages(MANY);
        CountDownLatch told = new CountDownLatch(MANY);
        TryLog log = (tried, committed, lost) -> {
            messages.gone(tried.id());
            committed.run();
            told.countDown();
            return true;
        };
        try (TestReceiver receiver = new TestReceiver();
                Dispatcher dispatcher = dispatcher(receiver, messages, log)) {
            dispatcher.start();
            told.await();
            assertThat(receiver.got).hasSize(MANY);
            assertThat(messages.looks.get())
                    .as("looks by the second, each of which takes four by itself")
                    .isLessThan(MANY / 4 / 2);
        }
    }

    /** Else it would be sent again and again for as long as the writer is too busy to be told of it. */
    @Test
    void whatCannotBeWrittenDownIsSentAgainByTheNextSecondOnly() throws Exception {
        Messages messages = new Messages(1);
        CountDownLatch twice = new CountDownLatch(2);
        List<TaskInput.DeliveryTried> tries = new ArrayList<>();
        TryLog busy = (tried, committed, lost) -> {
            synchronized (tries) {
                tries.add(tried);
            }
            twice.countDown();
            return false;
        };
        try (TestReceiver receiver = new TestReceiver();
                Dispatcher dispatcher = dispatcher(receiver, messages, busy)) {
            dispatcher.start();
            twice.await();
            synchronized (tries) {
                assertThat(tries).hasSizeLessThanOrEqualTo(messages.looks.get());
            }
        }
    }
}
