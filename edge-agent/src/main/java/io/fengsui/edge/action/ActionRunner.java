package io.fengsui.edge.action;

import io.fengsui.edge.decide.ActionWord;
import io.fengsui.edge.decide.outlet.EventTap;
import io.fengsui.edge.meter.LabelledCounters;
import io.fengsui.edge.meter.StandingGauge;
import io.fengsui.edge.sensor.mqtt.BrokerException;
import io.fengsui.edge.sensor.mqtt.BrokerSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Phase;
import io.fengsui.runtime.Progress;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is configured when an event begins: warns people on the spot, whatever has become of the hub and the disk.
 * Queue of {@value #QUEUE}; when it is full the newest is dropped and counted. A warning older than
 * {@link #MAX_AGE} is not given any more. What fails is tried again after a pause; nothing waits for a confirmation or an
 * HTTP answer. {@link #onEvent} is thread-safe and never blocks.
 */
public final class ActionRunner implements EventTap, AutoCloseable {
    static final int QUEUE = 256;
    static final Duration MAX_AGE = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);
    private static final long JOIN_MILLIS = 6_000;
    private static final long LONGEST_WAIT = 1_000_000_000L;

    private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LabelledCounters<ActionOutcome> outcomes;
    private final Counter failures;
    private final CoolDown coolDown = new CoolDown();
    private final Later later = new Later();
    private final Publisher publisher;
    private final BrokerPublisher connections;
    private final HttpCaller caller = new HttpCaller();
    private final TimeSource time;
    private final ZoneId zone;
    private final Progress progress;
    private final Thread thread = RoleThreads.named("action", this::run);
    private volatile List<ActionSettings> actions = List.of();
    private volatile Consumer<ActionWord> words = _ -> {};
    private volatile Function<Deed.FrameRate, String> frameRates = _ -> "there are no cameras";
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
        this.progress = new Progress("action", time::steadyNanos);
        this.zone = zone;
        this.connections = connections;
        this.publisher = publisher;
        this.outcomes = new LabelledCounters<>(
                registry, ActionOutcome.class, "edge.actions", "Local actions by what became of them", "outcome");
        this.failures = Counter.builder("edge.action.failures")
                .description("Exceptions kept from ending the thread of local actions")
                .register(registry);
        Gauge.builder("edge.actions.waiting", queue, BlockingQueue::size)
                .description("Local actions that wait for their broker")
                .register(registry);
        StandingGauge.register(progress, registry);
        connections.onConfirmed(topic -> offer(new Work.Confirmed(topic)));
    }

    /** Who is told what became of each action; any thread. */
    public void tellTo(Consumer<ActionWord> taker) {
        words = taker;
    }

    /** Who raises frame rates; answers what is wrong, or nothing. */
    public void raiseBy(Function<Deed.FrameRate, String> raiser) {
        frameRates = raiser;
    }

    public void start() {
        thread.start();
    }

    /** Whether its thread gets on; a broker that is away is no reason not to. */
    public Progress progress() {
        return progress;
    }

    /** Takes other settings; what waits is still done as it was. Any thread. */
    public void apply(List<ActionSettings> newActions, List<BrokerSettings> brokers) {
        connections.apply(brokers, newActions);
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
                String key = action.name() + "\n" + event.dedupKey();
                offer(new Due(action, key, text, event, time.steadyNanos(), 1));
            }
        }
    }

    /** Says a text through a configured action, as the hub or a person orders; false when there is no such action. */
    public boolean speak(String name, String text) {
        for (ActionSettings action : actions) {
            if (action.name().equals(name)) {
                offer(new Due(action, "", text, null, time.steadyNanos(), 1));
                return true;
            }
        }
        return false;
    }

    private void offer(Work work) {
        if (!queue.offer(work) && work instanceof Due due) {
            count(ActionOutcome.DROPPED, due, "the queue is full");
        }
    }

    private void run() {
        try {
            while (!isStopped) {
                turn();
            }
        } catch (InterruptedException e) {
            LOG.debug("action thread ends");
        } finally {
            progress.ended();
            connections.close();
            caller.close();
        }
    }

    /** Nothing thrown ends the thread. */
    private void turn() throws InterruptedException {
        progress.made();
        try {
            switch (queue.poll(later.waitNanos(time.steadyNanos(), LONGEST_WAIT), TimeUnit.NANOSECONDS)) {
                case null -> {}
                case Due due -> act(due);
                case Work.Confirmed(String topic) ->
                    later.confirmed(topic).forEach(due -> count(ActionOutcome.DONE, due, "the device confirmed it"));
                case Work.Answered(Due due, String refusal)
                when refusal.isEmpty() -> count(ActionOutcome.DONE, due, "");
                case Work.Answered(Due due, String refusal) -> failed(due, ActionOutcome.FAILED, refusal);
            }
            later.takeUnconfirmed(time.steadyNanos())
                    .forEach(due -> failed(due, ActionOutcome.UNCONFIRMED, "the device did not confirm it"));
            later.takeDue(time.steadyNanos()).forEach(this::act);
            later.takeEnded(time.steadyNanos()).forEach(this::ended);
        } catch (RuntimeException | Error e) {
            failures.increment();
            LOG.error("an action could not be handled", e);
        }
    }

    private void act(Due due) {
        progress.made();
        long now = time.steadyNanos();
        if (now - due.sinceNanos() > MAX_AGE.toNanos()) {
            count(ActionOutcome.EXPIRED, due, "waited too long");
            return;
        }
        boolean isFirst = due.attempt() == 1 && !due.key().isEmpty();
        if (isFirst && !coolDown.admit(due.key(), due.action().effort().coolDown(), now)) {
            count(ActionOutcome.COOLING_DOWN, due, "said just before");
            return;
        }
        try {
            perform(due, now);
        } catch (BrokerException e) {
            failed(due, ActionOutcome.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            failed(due, ActionOutcome.FAILED, e.toString());
        }
    }

    private void perform(Due due, long now) throws BrokerException {
        switch (due.action().deed()) {
            case Deed.Publish publish -> {
                if (!publish.confirmTopic().isEmpty()) {
                    later.awaitConfirmation(
                            due,
                            publish.confirmTopic(),
                            now + publish.confirmWithin().toNanos());
                }
                try {
                    publisher.publish(
                            publish.broker(), publish.topic(), due.text().getBytes(StandardCharsets.UTF_8));
                } catch (BrokerException | RuntimeException e) {
                    later.forget(due);
                    throw e;
                }
                if (publish.confirmTopic().isEmpty()) {
                    count(ActionOutcome.DONE, due, "");
                }
            }
            case Deed.Call call -> {
                byte[] body = HttpCaller.body(due.action().name(), due.text(), due.event());
                caller.post(call, body).thenAccept(refusal -> offer(new Work.Answered(due, refusal)));
            }
            case Deed.FrameRate rate -> {
                String refusal = frameRates.apply(rate);
                if (refusal.isEmpty()) {
                    String until = "looked at " + rate.perSecond() + " times a second for "
                            + rate.time().toSeconds() + " s";
                    count(ActionOutcome.DONE, due, "camera " + rate.camera() + " is " + until);
                    later.endsAt(due, rate.camera(), now + rate.time().toNanos());
                } else {
                    failed(due, ActionOutcome.FAILED, refusal);
                }
            }
            case Deed.Snapshot _ -> count(ActionOutcome.DONE, due, "");
        }
    }

    /** The frame rate is again what it was. */
    private void ended(Due due) {
        if (due.action().deed() instanceof Deed.FrameRate rate) {
            String name = due.action().name();
            LOG.info("action={} over camera={}", name, rate.camera());
            String detail = "camera " + rate.camera() + " is looked at as configured again";
            words.accept(new ActionWord(name, true, "returned", due.attempt(), detail, due.event(), ""));
        }
    }

    private void failed(Due due, ActionOutcome outcome, String detail) {
        ActionSettings.Effort effort = due.action().effort();
        if (due.attempt() < effort.tries() && !isStopped) {
            count(ActionOutcome.RETRIED, due, detail);
            later.again(due.next(), time.steadyNanos() + effort.pause().toNanos());
        } else {
            count(outcome, due, detail);
        }
    }

    private void count(ActionOutcome outcome, Due due, String detail) {
        outcomes.increment(outcome);
        String name = due.action().name();
        switch (outcome) {
            case DONE -> LOG.info("action={} done", name);
            case COOLING_DOWN -> LOG.debug("action={} cooling down", name);
            case RETRIED -> LOG.debug("action={} is tried again: {}", name, detail);
            case DROPPED, EXPIRED, FAILED, UNCONFIRMED -> {
                if (outcome != lastTold) {
                    LOG.warn("action={} {} {}", name, outcome, detail);
                }
            }
        }
        lastTold = outcome;
        if (outcome != ActionOutcome.COOLING_DOWN && outcome != ActionOutcome.RETRIED) {
            boolean isDone = outcome == ActionOutcome.DONE;
            String camera = isDone && due.action().deed() instanceof Deed.Snapshot s ? s.camera() : "";
            String code = outcome.name().toLowerCase(Locale.ROOT);
            words.accept(new ActionWord(name, isDone, code, due.attempt(), detail, due.event(), camera));
        }
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
