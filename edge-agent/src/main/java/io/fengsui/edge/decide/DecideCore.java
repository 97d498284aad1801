package io.fengsui.edge.decide;

import io.fengsui.edge.decide.RuleRunner.Feed;
import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.EventBook;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.event.EventMaker.Basis;
import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.decide.event.StageReasons;
import io.fengsui.edge.decide.health.HealthDesk;
import io.fengsui.edge.decide.health.HealthInput;
import io.fengsui.edge.decide.outlet.Outlets;
import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.edge.sensor.SensorMessage.PresenceWord;
import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.track.TrackSettings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.timing.Modes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Feeds inputs to trackers and rules and hands on what comes of it: slots, pictures to take, events to tap. No thread and
 * no clock of its own; confined to {@code decide}, or to a test's thread.
 */
final class DecideCore {
    private static final long RETRY_NANOS = 50_000_000L;
    private static final long ACCOUNT_NANOS = 1_000_000_000L;

    private final DecideSettings settings;
    private final RuleSet rules;
    private final TrackSettings tracking;
    private final Outlets outlets;
    private final EventMaker maker;
    private final Outbox outbox;
    private final EventBook book = new EventBook();
    private final RuleRunner runner;
    private final HealthDesk health;
    private final AnswerDesk answers;
    private final SightDesk sights;
    private long accountNanos;

    DecideCore(DecideSettings settings, RuleSet rules, TrackSettings tracking, Outlets outlets, Moment now) {
        this(settings, rules, tracking, outlets, new Outbox(outlets.slots()), now);
    }

    private DecideCore(
            DecideSettings settings,
            RuleSet rules,
            TrackSettings tracking,
            Outlets outlets,
            Outbox outbox,
            Moment now) {
        this.settings = settings;
        this.rules = rules;
        this.tracking = tracking;
        this.outlets = outlets;
        this.maker = new EventMaker(settings, outlets.random());
        this.outbox = outbox;
        this.runner = new RuleRunner(settings, rules, outlets, maker, book);
        this.health = new HealthDesk(settings, maker, book, now);
        this.answers = new AnswerDesk(settings, book, maker, runner, outlets.pictures(), health::whyUnseen, this::say);
        this.sights = new SightDesk(settings, rules, tracking, outlets, runner, answers);
        this.accountNanos = now.steadyNanos();
    }

    /** The same under new settings and rules: states, open events, awaited pictures and outages that still mean something go on. */
    DecideCore successor(DecideSettings newSettings, RuleSet newRules, Moment now) {
        DecideCore next = new DecideCore(newSettings, newRules, tracking, outlets, outbox, now);
        next.runner.carry(runner);
        next.resume(runner.memory().export(), book.all(), true, now);
        next.health.carry(health);
        next.answers.carry(answers);
        runner.revived().forEach(notice -> next.onHealth(new HealthInput.Told(notice), now));
        next.sights.carry(sights, newSettings.cameras().keySet());
        return next;
    }

    void onView(CameraView view, Moment arrival, Moment now) {
        decide(now, draft -> sights.take(view, arrival, now, draft));
    }

    /** What was decided before a part of it threw is sent all the same, and then that is thrown. */
    private void decide(Moment now, Consumer<Draft> part) {
        Draft draft = new Draft();
        draft.attempt(() -> part.accept(draft));
        send(draft, now);
        draft.rethrow();
    }

    /**
     * A message that cannot be decided is kept for people, with what was decided of it, and acknowledged: its broker would send
     * it again for ever. Returns what was thrown, if anything.
     */
    Optional<Throwable> onSensor(SensorMessage message, Moment now) {
        Draft draft = new Draft();
        draft.afterCommit.add(message.acknowledgement());
        switch (message) {
            case SensorInput input -> onReading(input, now, draft);
            case PresenceWord word ->
                draft.attempt(() -> health.presence(word, now).forEach(event -> add(event, draft)));
            case QuarantinedPayload payload -> draft.quarantined.add(payload);
        }
        Optional<Throwable> failure = Optional.ofNullable(draft.failure);
        failure.ifPresent(thrown -> draft.quarantined.add(message.undecided(thrown)));
        send(draft, now);
        return failure;
    }

    private void onReading(SensorInput input, Moment now, Draft draft) {
        Reading reading = input.reading();
        RuleInput.Sample sample = new RuleInput.Sample(reading, input.isRetained());
        draft.attempt(() -> outlets.record().onReading(sample));
        Feed feed = new Feed(
                sample,
                reading.at(),
                _ -> new Basis(reading.at(), now, null, List.of(StageReasons.of(input)), false),
                null);
        rules.forReading(reading)
                .forEach(rule ->
                        draft.attempt(() -> runner.feed(new Binding(rule, reading.sensor()), feed, now, draft)));
        // What the broker kept says nothing of whether the sensor lives.
        if (!input.isRetained()) {
            draft.attempt(() -> heard(reading, now, draft));
        }
    }

    private void heard(Reading reading, Moment now, Draft draft) {
        answers.presence().heard(reading);
        health.care(reading, now).forEach(event -> add(event, draft));
        health.heard(reading.sensor(), now).forEach(event -> add(event, draft));
        health.keepHeard(reading.sensor(), now).ifPresent(draft.changes::add);
    }

    void onOutcome(PictureOutcome outcome, Moment now) {
        decide(now, draft -> settle(outcome, now, draft));
    }

    /** A word about a part of the box. */
    void onHealth(HealthInput input, Moment now) {
        decide(now, draft -> health.take(input, now).forEach(event -> add(event, draft)));
    }

    /** Lets deadlines pass and offers again what was refused. */
    void onTick(Moment now) {
        outbox.retry();
        decide(now, draft -> {
            draft.attempt(() -> health.lost(outbox.takeLost(), now).forEach(event -> add(event, draft)));
            draft.attempt(() -> account(now, draft));
            draft.attempt(() -> runner.tick(now, draft));
            draft.attempt(() -> answers.presence().tick(now));
            draft.attempt(() -> runner.takeStopped()
                    .forEach(notice ->
                            health.take(new HealthInput.Told(notice), now).forEach(event -> add(event, draft))));
            draft.attempt(() -> health.tick(now).forEach(event -> add(event, draft)));
            long timeout = settings.limits().evidenceTimeout().toNanos();
            book.overdue(now.steadyNanos(), timeout).forEach(lost -> settle(lost, now, draft));
        });
    }

    /** Walks through all cameras, so not at every step. */
    private void account(Moment now, Draft draft) {
        if (now.steadyNanos() - accountNanos >= 0) {
            accountNanos = now.steadyNanos() + ACCOUNT_NANOS;
            runner.activity().account(health.watching(), now);
            draft.changes.addAll(runner.activity().changes(now));
        }
    }

    /** Takes over from before a restart: resumes what still stands and ends what does not. */
    void restore(Iterable<StateChange> stored, Iterable<Event> events, Moment now) {
        resume(stored, events, false, now);
    }

    private void resume(Iterable<StateChange> stored, Iterable<Event> events, boolean arePicturesComing, Moment now) {
        Draft draft = new Draft();
        new Resumption(runner, book, health, arePicturesComing)
                .restore(stored, events, now)
                .forEach(step -> {
                    step.event().ifPresent(event -> add(event, draft));
                    step.change().ifPresent(draft.changes::add);
                });
        send(draft, now);
    }

    private void settle(PictureOutcome outcome, Moment now, Draft draft) {
        book.settle(outcome, now).ifPresent(event -> add(event, draft));
    }

    private void add(Event event, Draft draft) {
        draft.events.add(event);
        outlets.tap().onEvent(event);
    }

    private void send(Draft draft, Moment now) {
        if (!draft.isEmpty() && outbox.put(draft.slot(now)) == Outbox.Fate.DROPPED) {
            runner.memory().unwritten(draft.changes);
        }
    }

    /** Every action is told as an event. */
    void onAction(ActionWord word, Moment now) {
        decide(now, draft -> runner.acted(word, now, draft));
    }

    /** A person switches a mode. */
    boolean switchMode(String mode, Modes.Switch switched, Moment now) {
        Draft draft = new Draft();
        boolean isKnown = runner.switchMode(mode, switched, now, draft);
        send(draft, now);
        return isKnown;
    }

    Modes modes() {
        return runner.modes();
    }

    /** Answers what others ask. */
    AnswerDesk answers() {
        return answers;
    }

    /** An event that stands for itself. */
    private void say(Event event, Moment now) {
        decide(now, draft -> add(event, draft));
    }

    /** When something wants a tick; empty for nothing at all. */
    OptionalLong nextDue(long nowNanos) {
        long due = Math.min(runner.memory().nextDue().orElse(Long.MAX_VALUE), health.nextDue());
        due = Math.min(due, answers.presence().nextDue());
        if (!outbox.isEmpty()) {
            due = Math.min(due, nowNanos + RETRY_NANOS);
        }
        return due == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(due);
    }

    boolean isCrowded() {
        return outbox.isCrowded();
    }

    /** What can be counted. */
    Counts counts() {
        return new Counts(
                outbox.depth(),
                outbox.dropped(),
                book.openCount(),
                book.awaitedCount(),
                runner.memory().failures(),
                runner.stopped());
    }

    record Counts(
            int waitingSlots,
            long droppedSlots,
            int openEvents,
            int awaitedPictures,
            long ruleFailures,
            int stoppedRules) {}
}
