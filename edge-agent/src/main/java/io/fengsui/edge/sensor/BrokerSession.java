package io.fengsui.edge.sensor;

import io.fengsui.edge.profile.reading.Heard;
import io.fengsui.edge.sensor.mqtt.BrokerClient;
import io.fengsui.edge.sensor.mqtt.BrokerClient.SessionKind;
import io.fengsui.edge.sensor.mqtt.BrokerException;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import io.fengsui.protocol.value.Moment;
import io.fengsui.runtime.Backoff;
import io.fengsui.runtime.Progress;
import io.fengsui.runtime.RoleThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one broker subscribed: connects, subscribes, hands messages on, acknowledges, and does it again after a loss with
 * a backoff of its own. All calls of Paho come from this session's thread {@code mqtt-NAME}. When the sink refuses, the
 * message waits here, the inbox fills, the broker is held back, and nothing is acknowledged: the broker keeps what is not.
 */
final class BrokerSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PROVEN = Duration.ofSeconds(10);
    private static final long IDLE_NANOS = Inbox.nanos(1_000);
    private static final long RETRY_NANOS = Inbox.nanos(20);
    private static final long JOIN_MILLIS = 3_000;
    private static final long ANSWER_POLL_NANOS = Inbox.nanos(5);
    private static final int MAX_AT_ONCE = 256;
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final String LEFT_BEHIND =
            "more messages came than were taken; connecting anew for those left behind";

    /** What a session needs from around it; {@code states} throws nothing. */
    record Surroundings(SensorSink sink, BrokerStateSink states, SensorMeters meters, Supplier<Moment> now) {}

    private final BrokerSettings settings;
    private final Surroundings around;
    private final Backoff backoff;
    private final Inbox inbox = new Inbox();
    private final Deque<SensorMessage> waiting = new ArrayDeque<>();
    private final Asks asks = new Asks();
    private final Ear ear;
    private final Progress progress;
    private final Thread thread;
    private TopicRouter router;
    private volatile List<SensorSettings> wanted;
    private @Nullable String lastTold;
    private @Nullable Moment leftBehindSince;
    private int unacknowledged;
    private boolean hasNewTopics;

    BrokerSession(BrokerSettings settings, List<SensorSettings> sensors, Backoff backoff, Surroundings around) {
        this.settings = settings;
        this.backoff = backoff;
        this.around = around;
        this.wanted = List.copyOf(sensors);
        this.router = new TopicRouter(settings.name(), sensors);
        this.ear = new Ear(settings.name(), inbox, around.meters(), around.now());
        this.progress =
                new Progress("mqtt-" + settings.name(), () -> around.now().get().steadyNanos());
        this.thread = RoleThreads.named(progress.thread(), this::run);
    }

    void start() {
        around.meters().register(settings.name(), inbox, progress);
        thread.start();
    }

    /** Whether it gets on; a broker that is away is no reason not to. */
    Progress progress() {
        return progress;
    }

    BrokerSettings settings() {
        return settings;
    }

    /** Other sensors on the same broker: subscriptions follow, the connection stays. Any thread. */
    void update(List<SensorSettings> sensors) {
        wanted = List.copyOf(sensors);
        inbox.change();
    }

    @Override
    public void close() {
        inbox.stop();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        around.meters().remove(settings.name());
    }

    private void run() {
        try {
            while (!inbox.isStopped()) {
                guardedSession();
                progress.made();
                inbox.pause(backoff.next().toNanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends", progress.thread());
        } finally {
            progress.ended();
        }
    }

    /** Nothing thrown ends the thread: whatever it was, the next connection begins anew. */
    private void guardedSession() throws InterruptedException {
        try {
            session();
        } catch (BrokerException e) {
            tell(BrokerState.OFFLINE, SensorMeters.label(e.reason()), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            around.meters().onFailure(settings.name());
            LOG.error("session of broker={} failed, connecting anew", settings.name(), e);
            tell(BrokerState.OFFLINE, "failed", e.toString());
        }
    }

    private void session() throws BrokerException, InterruptedException {
        long epoch = inbox.begin();
        waiting.clear();
        asks.clear();
        hasNewTopics = false;
        unacknowledged = 0;
        leftBehindSince = null;
        try (BrokerClient client = BrokerClient.of(settings, SessionKind.KEPT, ear.of(epoch))) {
            client.connect(TIMEOUT);
            Set<String> subscribed = new HashSet<>();
            subscribe(client, epoch, subscribed);
            tell(BrokerState.CONNECTED, "connected", "");
            Moment begun = around.now().get();
            pump(client, epoch, subscribed, begun);
        }
    }

    private void pump(BrokerClient client, long epoch, Set<String> subscribed, Moment begun)
            throws BrokerException, InterruptedException {
        while (!inbox.isStopped()) {
            step(client, epoch, IDLE_NANOS);
            if (hasNewTopics) {
                subscribe(client, epoch, subscribed);
            }
            ask(client, epoch);
            if (backoff.failures() > 0 && around.now().get().since(begun).compareTo(PROVEN) > 0) {
                backoff.reset();
            }
        }
    }

    /** Tells that the connection is gone; ends it, or one that is to be renewed, when all that came over it was handed on. */
    private void checkConnection() throws BrokerException {
        String lost = inbox.lost();
        if (lost != null) {
            tell(BrokerState.OFFLINE, SensorMeters.label(BrokerException.Cause.LOST), lost);
        }
        if (lost != null && waiting.isEmpty() && inbox.depth() == 0) {
            throw new BrokerException(BrokerException.Cause.LOST, lost);
        }
        if (waiting.isEmpty() && inbox.isLeftBehind() && isWorthRenewing()) {
            // All that was taken is acknowledged, so the next connection begins further on: this is no failure.
            backoff.reset();
            throw new BrokerException(BrokerException.Cause.LOST, LEFT_BEHIND);
        }
    }

    /** Whether everything that was taken is acknowledged, or has not been for too long. */
    private boolean isWorthRenewing() {
        Moment now = around.now().get();
        Moment since = leftBehindSince == null ? now : leftBehindSince;
        leftBehindSince = since;
        return unacknowledged <= 0 || now.since(since).compareTo(TIMEOUT) > 0;
    }

    /** Waits for what there is to do and does it; returns whether messages went on. */
    private boolean step(BrokerClient client, long epoch, long idleNanos) throws BrokerException, InterruptedException {
        progress.made();
        boolean takesMessages = waiting.isEmpty() && leftBehindSince == null;
        inbox.await(takesMessages, Math.min(idleNanos, takesMessages ? IDLE_NANOS : RETRY_NANOS));
        for (int id = inbox.pollAcknowledgement(); id != 0; id = inbox.pollAcknowledgement()) {
            client.acknowledge(id);
            unacknowledged--;
        }
        if (inbox.pollChange()) {
            router = router.with(wanted);
            hasNewTopics = true;
        }
        boolean isTaken = handOn(epoch);
        checkConnection();
        return isTaken;
    }

    /** Waits for the broker's word, and goes on with the messages that come before it. */
    private void finish(BrokerClient.Answer answer, BrokerClient client, long epoch)
            throws BrokerException, InterruptedException {
        Moment since = around.now().get();
        while (!answer.isThere() && around.now().get().since(since).compareTo(TIMEOUT) < 0) {
            if (inbox.isStopped()) {
                throw new InterruptedException("stopped");
            }
            if (step(client, epoch, ANSWER_POLL_NANOS)) {
                since = around.now().get();
            }
        }
        answer.await(AT_ONCE);
    }

    private void ask(BrokerClient client, long epoch) throws BrokerException, InterruptedException {
        for (Heard.Ask ask : asks.takeAll()) {
            LOG.info("broker={} device={} asked on {}: {}", settings.name(), ask.device(), ask.topic(), ask.why());
            finish(client.send(ask.topic(), ask.payload(), TIMEOUT), client, epoch);
        }
    }

    private void subscribe(BrokerClient client, long epoch, Set<String> subscribed)
            throws BrokerException, InterruptedException {
        hasNewTopics = false;
        Set<String> filters = new HashSet<>();
        router.filters().forEach(filter -> filters.add(settings.shared(filter)));
        List<String> gone =
                subscribed.stream().filter(f -> !filters.contains(f)).toList();
        List<String> fresh =
                filters.stream().filter(f -> !subscribed.contains(f)).sorted().toList();
        for (String filter : gone) {
            finish(client.unsubscribe(filter), client, epoch);
        }
        if (!fresh.isEmpty()) {
            finish(client.subscribe(fresh), client, epoch);
        }
        subscribed.clear();
        subscribed.addAll(filters);
    }

    /** Hands on until the sink refuses, nothing is left or acknowledgements have their turn; whether any went on. */
    private boolean handOn(long epoch) {
        int taken = 0;
        boolean isTaken = false;
        while (true) {
            SensorMessage next = waiting.peek();
            if (next == null) {
                Arrived message = taken++ < MAX_AT_ONCE ? inbox.pollMessage() : null;
                if (message == null) {
                    return isTaken;
                }
                isTaken = true;
                around.meters().onMessage(settings.name());
                unacknowledged += message.packetId() == 0 ? 0 : 1;
                TopicRouter.Routed routed = router.route(message, acknowledgement(epoch, message.packetId()));
                waiting.addAll(routed.messages());
                hasNewTopics |= routed.hasNewTopics();
                routed.asks().forEach(asks::add);
                continue;
            }
            if (!around.sink().offer(next)) {
                around.meters().onRefused(settings.name());
                return isTaken;
            }
            if (next instanceof SensorMessage.QuarantinedPayload) {
                around.meters().onQuarantined(settings.name());
            }
            waiting.remove();
            isTaken = true;
        }
    }

    private Runnable acknowledgement(long epoch, int packetId) {
        return () -> {
            if (packetId != 0 && !inbox.acknowledge(epoch, packetId)) {
                around.meters().onStaleAcknowledgement(settings.name());
            }
        };
    }

    private void tell(BrokerState state, String reason, String detail) {
        around.meters().onState(settings.name(), state);
        String told = state + reason;
        if (!told.equals(lastTold)) {
            lastTold = told;
            LOG.info("broker={} {} reason={} {}", settings.name(), SensorMeters.label(state), reason, detail);
            around.states().onState(settings.name(), state, reason, detail);
        }
    }
}
