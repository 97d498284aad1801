package io.fengsui.hub.notify.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.TestDeliveries;
import io.fengsui.hub.notify.channel.Channel;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.runtime.TimeSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is due goes to a real receiver, and what became of it to a log that is here. */
@Timeout(60)
class DispatcherTest {
    private static final int MANY = 120;
    private static final int ILL = 4 * Dispatcher.AT_ONCE;
    private static final String CHANNEL =
            TestDeliveries.waiting("any").address().channel();

    /** An outbox in memory. Thread-safe. */
    private static final class Messages implements Outbox {
        private final List<Delivery> waiting = new ArrayList<>();
        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger asked = new AtomicInteger();

        Messages(int count) {
            for (int i = 0; i < count; i++) {
                waiting.add(TestDeliveries.waiting("message-" + i));
            }
        }

        @Override
        public synchronized List<Delivery> due(String channel, Instant now, int limit) {
            asked.incrementAndGet();
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

    /** The log of a hub that writes it down at once. */
    private static boolean written(
            TaskInput.DeliveryTried tried, Messages messages, Runnable committed, CountDownLatch told) {
        messages.gone(tried.id());
        committed.run();
        told.countDown();
        return true;
    }

    /** Four went at each look, and there was a look a second: a receiver that had time was told four things a second. */
    @Test
    void goesOnAsSoonAsThereIsRoomAndNotWithTheNextSecond() throws Exception {
        Messages messages = new Messages(MANY);
        CountDownLatch told = new CountDownLatch(MANY);
        TryLog log = (tried, committed, lost) -> written(tried, messages, committed, told);
        try (TestReceiver receiver = new TestReceiver();
                Dispatcher dispatcher = dispatcher(receiver, messages, log)) {
            dispatcher.start();
            told.await();
            assertThat(receiver.got).hasSize(MANY);
            assertThat(messages.looks.get())
                    .as("looks by the second, each of which takes four by itself")
                    .isLessThan(MANY / Dispatcher.AT_ONCE / 2);
        }
    }

    /** Else whoever says that it is too much gets all that waits at once, and each message uses up a try. */
    @Test
    void aReceiverThatTakesNothingGetsAFewALookUntilItTakesOne() throws Exception {
        Messages messages = new Messages(MANY);
        CountDownLatch told = new CountDownLatch(MANY);
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger looksThen = new AtomicInteger();
        try (TestReceiver receiver = new TestReceiver()) {
            receiver.answer(IntStream.generate(() -> 503).limit(ILL).toArray());
            TryLog log = (tried, committed, lost) -> {
                if (tried.outcome().equals("failed") && refused.incrementAndGet() == ILL) {
                    looksThen.set(messages.looks.get());
                }
                return written(tried, messages, committed, told);
            };
            try (Dispatcher dispatcher = dispatcher(receiver, messages, log)) {
                dispatcher.start();
                told.await();
                assertThat(refused).hasValue(ILL);
                assertThat(looksThen.get())
                        .as("looks, each of which takes four")
                        .isGreaterThanOrEqualTo(ILL / Dispatcher.AT_ONCE - 1);
                assertThat(messages.looks.get())
                        .as("looks in all, for it goes on at once when well")
                        .isLessThan(MANY / Dispatcher.AT_ONCE / 2);
            }
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

    /** Else it would be under way for ever. */
    @Test
    void whatTheLogBreaksOnIsSentAgain() throws Exception {
        Messages messages = new Messages(1);
        CountDownLatch told = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        TryLog log = (tried, committed, lost) -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("the log is broken");
            }
            return written(tried, messages, committed, told);
        };
        try (TestReceiver receiver = new TestReceiver();
                Dispatcher dispatcher = dispatcher(receiver, messages, log)) {
            dispatcher.start();
            assertThat(told.await(40, TimeUnit.SECONDS)).isTrue();
            assertThat(receiver.got).hasSize(2);
        }
    }

    /** Each look reads whole messages, and there is nothing more to be found. */
    @Test
    void looksNoMoreWhenAllThatWasDueIsUnderWay() throws Exception {
        Messages messages = new Messages(4);
        CountDownLatch told = new CountDownLatch(4);
        TryLog log = (tried, committed, lost) -> written(tried, messages, committed, told);
        try (TestReceiver receiver = new TestReceiver();
                Dispatcher dispatcher = dispatcher(receiver, messages, log)) {
            dispatcher.start();
            told.await();
            int whole = messages.looks.get();
            while (messages.looks.get() < whole + 2) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(messages.asked.get()).isLessThanOrEqualTo(messages.looks.get() + 1);
        }
    }

    /** Such a text was no text that could be written down, and the message was under way for ever. */
    @Test
    void writesDownWhatAReceiverSaysWithControlCharactersBeyondAscii() throws Exception {
        BlockingQueue<TaskInput.DeliveryTried> tries = new LinkedBlockingQueue<>();
        TryLog log = (tried, committed, lost) -> tries.add(tried);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Callable<Void> garbled = () -> {
                try (Socket one = server.accept()) {
                    one.getOutputStream().write("HTTP\u0085 none of it\r\n\r\n".getBytes(ISO_8859_1));
                    one.getInputStream().readAllBytes();
                }
                return null;
            };
            Thread.ofVirtual().start(new FutureTask<>(garbled));
            URI there = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/hook");
            Channel hook = new Channel.Webhook(CHANNEL, there, List.of(), null, Channel.Format.CLOUDEVENTS);
            try (Dispatcher dispatcher =
                    new Dispatcher(List.of(hook), new Messages(1), log, TimeSource.system(), new SendCounts())) {
                dispatcher.start();
                TaskInput.DeliveryTried tried = tries.poll(40, TimeUnit.SECONDS);
                assertThat(tried).isNotNull();
                assertThat(tried.detail()).contains("none of it").doesNotContain("\u0085");
            }
        }
    }
}
