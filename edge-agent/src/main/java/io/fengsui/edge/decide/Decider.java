package io.fengsui.edge.decide;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.camera.CameraStateSink;
import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.HealthNotice;
import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.decide.health.HealthInput.BrokerWord;
import io.fengsui.edge.decide.health.HealthInput.CameraWord;
import io.fengsui.edge.decide.health.HealthInput.QuarantineWord;
import io.fengsui.edge.decide.health.HealthInput.Told;
import io.fengsui.edge.decide.health.HealthInput.WorkerWord;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.gate.EmptyScene;
import io.fengsui.edge.patrol.Round;
import io.fengsui.edge.sensor.BrokerState;
import io.fengsui.edge.sensor.BrokerStateSink;
import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.edge.sensor.SensorSink;
import io.fengsui.edge.track.TrackSettings;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.LookedPictureSink;
import io.fengsui.edge.vision.Quarantine;
import io.fengsui.edge.vision.VisionState;
import io.fengsui.edge.vision.VisionStateSink;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.timing.Modes;
import io.fengsui.runtime.Progress;
import io.fengsui.runtime.RoleThreads;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread {@code decide}: takes looked pictures, sensor messages, words about cameras, brokers and workers, outcomes of
 * pictures and the passing of time, one after the other, and makes slots, picture requests and events of them. All methods
 * but {@link #restore} and {@link #start} are thread-safe and do not block.
 */
public final class Decider
        implements LookedPictureSink,
                EmptyScene.Sink,
                SensorSink,
                CameraStateSink,
                BrokerStateSink,
                VisionStateSink,
                AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Decider.class);
    private static final long TICK_NANOS = 250_000_000L;

    private final DecideQueue queue = new DecideQueue();
    private final Supplier<Moment> clock;
    private final Endurance endurance;
    private final Thread thread;
    private volatile DecideCore core;
    private volatile DecideCore.Counts counts;
    private volatile boolean isClosing;

    /** @param clock the present moment; thread-safe */
    public Decider(
            DecideSettings settings, RuleSet rules, TrackSettings tracking, Outlets outlets, Supplier<Moment> clock) {
        this.clock = clock;
        this.core = new DecideCore(settings, rules, tracking, outlets, clock.get());
        this.counts = core.counts();
        this.endurance = new Endurance(() -> clock.get().steadyNanos());
        this.thread = RoleThreads.named(progress().thread(), this::run);
    }

    /**
     * Takes over from before a restart; before {@link #start}.
     *
     * @param events in their newest revision: all that are open, and those with evidence pending
     */
    public void restore(Iterable<StateChange> states, Iterable<Event> events) {
        core.restore(states, events, clock.get());
    }

    public void start() {
        thread.start();
    }

    /** Never refuses but beyond 4096 cameras: an older picture of the same camera gives way. */
    @Override
    public boolean offer(LookedPicture picture) {
        return queue.put(new CameraView.Looked(picture));
    }

    /** As a look that found nothing, or only noted. */
    @Override
    public void onEmpty(EmptyScene scene) {
        queue.put(new CameraView.Emptied(scene));
    }

    @Override
    public boolean offer(SensorMessage message) {
        return queue.put(message);
    }

    @Override
    public void onState(String camera, CameraState state, String reason, String detail) {
        queue.put(new CameraWord(camera, state, reason, detail));
    }

    @Override
    public void onState(String broker, BrokerState state, String reason, String detail) {
        queue.put(new BrokerWord(broker, state, reason, detail));
    }

    @Override
    public void onState(int worker, VisionState state, String reason, String detail) {
        queue.put(new WorkerWord(worker, state, reason, detail));
    }

    @Override
    public void onQuarantine(Quarantine quarantine) {
        queue.put(new QuarantineWord(quarantine));
    }

    /** What became of a requested picture. Returns whether it was taken; one that was not is given up after a while. */
    public boolean onPicture(PictureOutcome outcome) {
        return queue.put(() -> core.onOutcome(outcome, clock.get()));
    }

    /** A part of the box is ill or well again. The newest word on a part wins. */
    public boolean health(HealthNotice notice) {
        return queue.put(new Told(notice));
    }

    /** What became of an action; returns whether it was taken. */
    public boolean onAction(ActionWord word) {
        return queue.put(() -> core.onAction(word, clock.get()));
    }

    /** A person switches a mode; answers whether there is one of this name. */
    public CompletableFuture<Boolean> switchMode(String mode, Modes.Switch switched) {
        return asked(answer -> answer.complete(core.switchMode(mode, switched, clock.get())));
    }

    /** Which modes are on now, and until when those that people switched. */
    public CompletableFuture<Modes> modes() {
        return asked(answer -> answer.complete(core.modes()));
    }

    /** What a camera of this box saw in a window. */
    public CompletableFuture<Answer.Finding> activity(Question.WasThereActivity question) {
        return asked(answer -> answer.complete(core.answers().activity(question, clock.get())));
    }

    /** Whether what an open event is about is still there; a camera is looked through first, which takes seconds. */
    public CompletableFuture<Answer.Finding> isStillThere(EventId event) {
        return asked(answer -> core.answers().isStillThere(event, answer::complete, clock.get()));
    }

    /** What a sensor said last; an empty quantity is whatever was heard last. */
    public CompletableFuture<Answer.Finding> latest(String sensor, String quantity) {
        return asked(answer -> answer.complete(core.answers().latest(sensor, quantity, clock.get())));
    }

    /** A round of cameras was made; returns whether it was taken. */
    public boolean onRound(Round round) {
        return queue.put(() -> core.answers().patrolled(round, clock.get()));
    }

    /** Adds the present picture of a camera to an open event; answers what is wrong, or nothing. */
    public CompletableFuture<String> attach(String camera, EventId event) {
        return asked(answer -> answer.complete(core.answers().attach(camera, event, clock.get())));
    }

    /** What {@code ask} throws is what becomes of the answer: nobody waits for one that never comes. */
    <T> CompletableFuture<T> asked(Consumer<CompletableFuture<T>> ask) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean isTaken = queue.put(() -> {
            try {
                ask.accept(answer);
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        if (!isTaken) {
            answer.completeExceptionally(new IllegalStateException("the decider has no room"));
        }
        return answer;
    }

    /** New settings and rules: what did not change goes on, open events of what is gone end. */
    public boolean reconfigure(DecideSettings settings, RuleSet rules) {
        return queue.put(() -> core = core.successor(settings, rules, clock.get()));
    }

    /** Stops after what is under way; what waits is not decided, so its acknowledgement is never given. */
    @Override
    public void close() {
        isClosing = true;
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosing) {
                step(queue.take(waitNanos()));
            }
        } catch (InterruptedException e) {
            LOG.debug("decide ends");
        } finally {
            progress().ended();
        }
    }

    private long waitNanos() {
        progress().made();
        try {
            return untilDue();
        } catch (RuntimeException | Error e) {
            endurance.failed("wait", e);
            return TICK_NANOS;
        }
    }

    private long untilDue() {
        long now = clock.get().steadyNanos();
        long due = core.nextDue(now).orElse(Long.MAX_VALUE);
        return due == Long.MAX_VALUE ? DecideQueue.longestWait() : Math.clamp(due - now, 0, TICK_NANOS);
    }

    private void step(DecideQueue.Batch batch) {
        batch.health().forEach(word -> endurance.take("health", word, w -> core.onHealth(w, clock.get())));
        batch.tasks().forEach(task -> endurance.take("task", task, Runnable::run));
        batch.messages().forEach(message -> endurance.take("sensor message", message, this::hear));
        batch.pictures().forEach(picture -> endurance.take("picture", picture, this::look));
        endurance.take("tick", core, c -> c.onTick(clock.get()));
        endurance.take("account", core, this::account);
    }

    /** What not even sending came of is sent to people alone. */
    private void hear(SensorMessage message) {
        try {
            core.onSensor(message, clock.get()).ifPresent(endurance::undecided);
        } catch (RuntimeException | Error e) {
            endurance.undecided(e);
            core.onSensor(message.undecided(e), clock.get());
        }
    }

    private void account(DecideCore of) {
        queue.setCrowded(of.isCrowded());
        counts = of.counts();
    }

    private void look(CameraView view) {
        Moment now = clock.get();
        core.onView(view, arrival(view.arrivalNanos(), now), now);
    }

    /** When the picture arrived, on both clocks. */
    static Moment arrival(long arrivalNanos, Moment now) {
        long arrived = Math.min(arrivalNanos, now.steadyNanos());
        return new Moment(now.wall().minusNanos(now.steadyNanos() - arrived), now.quality(), now.bootId(), arrived);
    }

    /** Registers what can be counted. */
    public void bindTo(MeterRegistry registry) {
        DeciderMeters.register(this, registry);
    }

    /** Whether the thread gets on. */
    public Progress progress() {
        return endurance.progress();
    }

    Endurance endurance() {
        return endurance;
    }

    DecideQueue queue() {
        return queue;
    }

    /** As they were after the last step. */
    DecideCore.Counts counts() {
        return counts;
    }
}
