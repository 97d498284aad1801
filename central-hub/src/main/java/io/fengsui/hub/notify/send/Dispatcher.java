package io.fengsui.hub.notify.send;

import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.TryOutcome;
import io.fengsui.hub.notify.channel.Channel;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.protocol.value.Checks;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, at most {@value #AT_ONCE} messages of a channel at once, so that a slow receiver holds up nobody
 * else. What waits waits in the outbox; nothing queues up here. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    static final int AT_ONCE = 4;
    private static final long LOOK_SECONDS = 1;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(LOOK_SECONDS);

    private final Outbox outbox;
    private final TryLog log;
    private final TimeSource time;
    private final SendCounts counts;
    private final Map<String, Sender> senders = new LinkedHashMap<>();
    /** Ids under way, until what became of them is committed. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** Those of them that were sent and of which that could not be said: sent again by the next look at all, and not at once. */
    private final Set<String> untold = ConcurrentHashMap.newKeySet();

    private final Map<String, Semaphore> room = new LinkedHashMap<>();
    /** Channels of which more may be due than was under way when they were looked at. */
    private final Set<String> pressed = ConcurrentHashMap.newKeySet();
    /** Those whose last message was not taken: they go on with the next look, or a receiver in trouble got all of it at once. */
    private final Set<String> ailing = ConcurrentHashMap.newKeySet();

    /** Those of them that have room again. */
    private final Set<String> freed = ConcurrentHashMap.newKeySet();

    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = RoleThreads.named("notify", this::run);
    private volatile boolean mayBeDue = true;
    /** When it last looked at all channels; the own thread's. */
    private long lookedAt;

    private volatile boolean isClosed;

    public Dispatcher(Collection<Channel> channels, Outbox outbox, TryLog log, TimeSource time, SendCounts counts) {
        this.outbox = outbox;
        this.log = log;
        this.time = time;
        this.counts = counts;
        for (Channel channel : channels) {
            senders.put(
                    channel.id(),
                    switch (channel) {
                        case Channel.Webhook webhook -> new WebhookSender(webhook);
                        case Channel.Mail mail -> new MailSender(mail);
                        case Channel.Mqtt mqtt -> new MqttSender(mqtt);
                    });
            room.put(channel.id(), new Semaphore(AT_ONCE));
        }
    }

    public void start() {
        thread.start();
    }

    /** Something may be due. */
    public void wake() {
        mayBeDue = true;
        rouse();
    }

    /** A channel that takes messages and that more waits for has room again: it goes on at once and not at the next second. */
    private void free(String channel) {
        if (pressed.contains(channel) && !ailing.contains(channel)) {
            freed.add(channel);
            rouse();
        }
    }

    private void rouse() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void run() {
        boolean failed = false;
        while (!isClosed) {
            try {
                boolean isRoused = wake.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS);
                wake.drainPermits();
                look(!isRoused || mayBeDue || time.steadyNanos() - lookedAt >= LOOK_NANOS);
                failed = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!failed) {
                    LOG.warn("the outbox cannot be read; messages wait until it can", e);
                }
                failed = true;
            }
        }
    }

    /** @param isWhole at all channels; otherwise at those that have room again */
    private void look(boolean isWhole) {
        if (isWhole) {
            mayBeDue = false;
            lookedAt = time.steadyNanos();
            for (String id : List.copyOf(untold)) {
                untold.remove(id);
                underWay.remove(id);
            }
        }
        Instant now = time.wall();
        // What is under way now may be over before its row is used: the row that was read is then an old one.
        Set<String> busy = Set.copyOf(underWay);
        for (Map.Entry<String, Sender> one : senders.entrySet()) {
            boolean isFreed = freed.remove(one.getKey());
            if (isWhole || isFreed) {
                look(one.getKey(), one.getValue(), busy, now);
            }
        }
        if (isWhole) {
            lookElsewhere(busy, now);
        }
    }

    private void look(String channel, Sender sender, Set<String> busy, Instant now) {
        Semaphore free = room(channel);
        pressed.add(channel); // before it is asked: what gets free meanwhile is not overlooked
        if (free.availablePermits() == 0) {
            return;
        }
        List<Delivery> due = outbox.due(channel, now, 2 * AT_ONCE);
        if (due.size() < 2 * AT_ONCE && due.size() <= free.availablePermits()) {
            pressed.remove(channel); // all of it goes now or went, and there is no more
        }
        for (Delivery delivery : due) {
            if (!isClosed && free.availablePermits() > 0 && isFree(delivery, busy)) {
                free.acquireUninterruptibly();
                send(sender, delivery, free);
            }
        }
    }

    private void lookElsewhere(Set<String> busy, Instant now) {
        for (Delivery delivery : outbox.dueElsewhere(senders.keySet(), now, AT_ONCE)) {
            if (isFree(delivery, busy)) {
                Sender.Result none = new Sender.Result(TryOutcome.REFUSED, "there is no such channel any more");
                tell(delivery, none, Duration.ZERO);
            }
        }
    }

    private boolean isFree(Delivery delivery, Set<String> busy) {
        return !busy.contains(delivery.id()) && underWay.add(delivery.id());
    }

    private Semaphore room(String channel) {
        Semaphore free = room.get(channel);
        if (free == null) {
            throw new IllegalStateException("no channel " + channel);
        }
        return free;
    }

    private void send(Sender sender, Delivery delivery, Semaphore free) {
        counts.underWay.incrementAndGet();
        Thread.ofVirtual().name("notify-" + delivery.address().channel()).start(() -> {
            try {
                long begun = time.steadyNanos();
                Sender.Result result = result(sender, delivery);
                counts.count(result.outcome());
                note(delivery.address().channel(), result.outcome());
                tell(delivery, result, Duration.ofNanos(Math.max(0, time.steadyNanos() - begun)));
            } finally {
                counts.underWay.decrementAndGet();
                free.release();
                free(delivery.address().channel());
            }
        });
    }

    private void note(String channel, TryOutcome outcome) {
        switch (outcome) {
            case DELIVERED -> ailing.remove(channel);
            case FAILED, REFUSED -> ailing.add(channel);
        }
    }

    private Sender.Result result(Sender sender, Delivery delivery) {
        try {
            return sender.send(delivery, time.wall());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Sender.Result(TryOutcome.FAILED, "the hub was stopped");
        } catch (RuntimeException e) {
            LOG.warn("sending failed delivery={}", delivery.id(), e);
            return new Sender.Result(TryOutcome.FAILED, e.getClass().getSimpleName());
        }
    }

    private void tell(Delivery delivery, Sender.Result result, Duration took) {
        String outcome = switch (result.outcome()) {
            case DELIVERED -> "delivered";
            case FAILED -> "failed";
            case REFUSED -> "refused";
        };
        Runnable committed = () -> {
            underWay.remove(delivery.id());
            free(delivery.address().channel());
        };
        Runnable lost = () -> untold.add(delivery.id());
        if (result.outcome() != TryOutcome.DELIVERED) {
            LOG.debug("delivery={} {}: {}", delivery.id(), outcome, result.detail());
        }
        boolean isTaken = false;
        try {
            TaskInput.DeliveryTried tried = new TaskInput.DeliveryTried(
                    delivery.id(), delivery.run().tries() + 1, took, outcome, cut(result.detail()));
            isTaken = !isClosed && log.tried(tried, committed, lost);
        } catch (RuntimeException e) {
            LOG.warn("what became of a message cannot be written down delivery={}", delivery.id(), e);
        }
        if (!isTaken) {
            lost.run();
        }
    }

    private static String cut(String text) {
        String plain = text.replaceAll("\\p{Cc}", " ");
        return plain.length() <= Checks.MAX_TEXT ? plain : plain.substring(0, Checks.MAX_TEXT);
    }

    /** Those under way are not waited for: they are sent again after the next start. */
    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        senders.values().forEach(Sender::close);
    }
}
