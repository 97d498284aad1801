package io.fengsui.edge.action;

import io.fengsui.edge.decide.EventTap;
import io.fengsui.edge.sensor.mqtt.BrokerException;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is configured when an event begins: warns people on the spot, whatever has become of the hub and the disk.
 * Queue of {@value #QUEUE}; when it is full the newest is dropped and counted. A warning older than
 * {@link #MAX_AGE} is not given any more. {@link #onEvent} is thread-safe and never blocks.
 */
public final class ActionRunner implements EventTap, AutoCloseable {
    static final int QUEUE = 256;
    static final Duration MAX_AGE = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);
    private static final long JOIN_MILLIS = 6_000;

    private record Due(ActionSettings action, String key, String text, long sinceNanos) {}

    private final BlockingQueue<Due> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<ActionOutcome, Counter> outcomes = new EnumMap<>(ActionOutcome.class);
    private final CoolDown coolDown = new CoolDown();
    private final Publisher publisher;
    private final BrokerPublisher connections;
    private final TimeSource time;
    private final ZoneId zone;
    private final Thread thread = RoleThreads.named("action", this::run);
    private volatile List<ActionSettings> actions = List.of();
    private volatile boolean isStopped;
    private volatile @Nullable ActionOutcome lastTold;

    public ActionRunner(TimeSource time, ZoneId zone, MeterRegistry registry) {
        this(time, zone, registry, new BrokerPublisher());
    }

    private ActionRunner(TimeSource time, ZoneId zone, MeterRegistry registry, BrokerPublisher connections) {
        this(time, zone, registry, connections, connections);
    }

    ActionRunner(
            TimeSource time, ZoneId zone, MeterRegistry registry, BrokerPublisher connections, Publisher publisher) {
        this.time = time;
        this.zone = zone;
        this.connections = connections;
        this.publisher = publisher;
        for (ActionOutcome outcome : ActionOutcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("edge.actions")
                            .description("Local actions by what became of them")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder("edge.actions.waiting", queue, BlockingQueue::size)
                .description("Local actions that wait for their broker")
                .register(registry);
    }

    public void start() {
        thread.start();
    }

    /** Takes other settings; what waits is still done as it was. Any thread. */
    public void apply(List<ActionSettings> newActions, List<BrokerSettings> brokers) {
        connections.apply(brokers);
        actions = List.copyOf(newActions);
    }

    @Override
    public void onEvent(Event event) {
        boolean begins = event.phase() == Phase.BEGUN || (event.phase() == Phase.INSTANT && event.revision() == 1);
        if (!begins) {
            return;
        }
        for (ActionSettings action : actions) {
            if (action.takes(event.kind(), event.severity())) {
                String text = Template.fill(action.template(), event, zone);
                offer(new Due(action, action.name() + "\n" + event.dedupKey(), text, time.steadyNanos()));
            }
        }
    }

    /** Says a text through a configured action, as the hub or a person orders; false when there is no such action. */
    public boolean speak(String name, String text) {
        for (ActionSettings action : actions) {
            if (action.name().equals(name)) {
                offer(new Due(action, "", text, time.steadyNanos()));
                return true;
            }
        }
        return false;
    }

    private void offer(Due due) {
        if (!queue.offer(due)) {
            count(ActionOutcome.DROPPED, due, "the queue is full");
        }
    }

    private void run() {
        try {
            while (!isStopped) {
                act(queue.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("action thread ends");
        } finally {
            connections.close();
        }
    }

    private void act(Due due) {
        long now = time.steadyNanos();
        if (now - due.sinceNanos() > MAX_AGE.toNanos()) {
            count(ActionOutcome.EXPIRED, due, "waited too long");
            return;
        }
        if (!due.key().isEmpty() && !coolDown.admit(due.key(), due.action().coolDown(), now)) {
            count(ActionOutcome.COOLING_DOWN, due, "said just before");
            return;
        }
        try {
            publisher.publish(
                    due.action().broker(), due.action().topic(), due.text().getBytes(StandardCharsets.UTF_8));
            count(ActionOutcome.DONE, due, "");
        } catch (BrokerException e) {
            count(ActionOutcome.FAILED, due, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            count(ActionOutcome.FAILED, due, e.toString());
        }
    }

    private void count(ActionOutcome outcome, Due due, String detail) {
        Counter counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
        switch (outcome) {
            case DONE -> LOG.info("action={} done", due.action().name());
            case COOLING_DOWN ->
                LOG.debug("action={} cooling down", due.action().name());
            case DROPPED, EXPIRED, FAILED -> {
                if (outcome != lastTold) {
                    LOG.warn("action={} {} {}", due.action().name(), outcome, detail);
                }
            }
        }
        lastTold = outcome;
    }

    @Override
    public void close() {
        isStopped = true;
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
