package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.EventBook;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.event.EventMaker.Basis;
import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.event.RuleMemory;
import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.edge.decide.event.Slot;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.decide.health.HealthDesk;
import io.fengsui.edge.decide.health.HealthInput;
import io.fengsui.edge.sensor.SensorMessage;
import io.fengsui.edge.sensor.SensorMessage.PresenceWord;
import io.fengsui.edge.sensor.SensorMessage.QuarantinedPayload;
import io.fengsui.edge.sensor.SensorMessage.SensorInput;
import io.fengsui.edge.track.TrackSettings;
import io.fengsui.edge.track.Tracker;
import io.fengsui.edge.track.TrackerState;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Feeds inputs to trackers and rules and hands on what comes of it: slots, pictures to take, events to tap. No thread and
 * no clock of its own; confined to {@code decide}, or to a test's thread.
 */
final class DecideCore {
    private static final long RETRY_NANOS = 50_000_000L;

    private final DecideSettings settings;
    private final RuleSet rules;
    private final TrackSettings tracking;
    private final Decider.Outlets outlets;
    private final Tracker tracker;
    private final EventMaker maker;
    private final Outbox outbox;
    private final RuleMemory memory = new RuleMemory();
    private final EventBook book = new EventBook();
    private final HealthDesk health;
    private final Map<String, TrackerState> tracks = new HashMap<>();

    /** One slot in the making. */
    private static final class Draft {
        private final List<Event> events = new ArrayList<>();
        private final List<StateChange> changes = new ArrayList<>();
        private final List<QuarantinedPayload> quarantined = new ArrayList<>();
        private final List<Runnable> afterCommit = new ArrayList<>();
    }

    DecideCore(DecideSettings settings, RuleSet rules, TrackSettings tracking, Decider.Outlets outlets, Moment now) {
        this(settings, rules, tracking, outlets, new Outbox(outlets.slots()), now);
    }

    private DecideCore(
            DecideSettings settings,
            RuleSet rules,
            TrackSettings tracking,
            Decider.Outlets outlets,
            Outbox outbox,
            Moment now) {
        this.settings = settings;
        this.rules = rules;
        this.tracking = tracking;
        this.outlets = outlets;
        this.tracker = new Tracker(tracking);
        this.maker = new EventMaker(settings, outlets.random());
        this.outbox = outbox;
        this.health = new HealthDesk(settings, maker, book, now);
    }

    /** The same under new settings and rules: states, open events, awaited pictures and outages that still mean something go on. */
    DecideCore successor(DecideSettings newSettings, RuleSet newRules, Moment now) {
        DecideCore next = new DecideCore(newSettings, newRules, tracking, outlets, outbox, now);
        next.resume(memory.export(), book.all(), true, now);
        next.health.carry(health);
        newSettings.cameras().keySet().stream()
                .filter(tracks::containsKey)
                .forEach(camera -> next.tracks.put(camera, tracks.get(camera)));
        return next;
    }

    void onPicture(LookedPicture picture, Moment arrival, Moment now) {
        String camera = picture.look().camera();
        double aspect = (double) picture.width() / Math.max(1, picture.height());
        TrackerState before = tracks.getOrDefault(camera, TrackerState.empty());
        TrackerState state = tracker.update(
                before,
                new Tracker.Picture(picture.look().generation(), arrival.steadyNanos(), aspect, picture.detections()));
        tracks.put(camera, state);
        if (state.equals(before)) {
            return;
        }
        Draft draft = new Draft();
        RuleInput input = new RuleInput.Sighting(state.detections());
        for (CompiledRule rule : rules.forCamera(camera)) {
            Binding binding = new Binding(rule, camera);
            memory.evaluate(binding, input, arrival).ifPresent(outcome -> {
                List<Reason> why = outcome.findings().isEmpty() ? List.of() : EventMaker.whyOf(picture, state, outcome);
                Basis basis = new Basis(arrival, now, picture.model(), why, true);
                outcome.findings()
                        .forEach(finding ->
                                tell(binding, finding, basis, draft).ifPresent(event -> request(event, picture, rule)));
            });
            memory.change(binding, now.steadyNanos()).ifPresent(draft.changes::add);
        }
        send(draft, now);
    }

    void onSensor(SensorMessage message, Moment now) {
        Draft draft = new Draft();
        draft.afterCommit.add(message.acknowledgement());
        switch (message) {
            case SensorInput input -> onReading(input, now, draft);
            case PresenceWord word -> health.presence(word, now).forEach(event -> add(event, draft));
            case QuarantinedPayload payload -> draft.quarantined.add(payload);
        }
        send(draft, now);
    }

    private void onReading(SensorInput input, Moment now, Draft draft) {
        Reading reading = input.reading();
        for (CompiledRule rule : rules.forReading(reading)) {
            Binding binding = new Binding(rule, reading.sensor());
            RuleInput sample = new RuleInput.Sample(reading, input.isRetained());
            memory.evaluate(binding, sample, reading.at()).ifPresent(outcome -> {
                Basis basis = new Basis(reading.at(), now, null, List.of(EventMaker.whyOf(input)), false);
                outcome.findings().forEach(finding -> tell(binding, finding, basis, draft));
            });
            memory.change(binding, now.steadyNanos()).ifPresent(draft.changes::add);
        }
        // What the broker kept says nothing of whether the sensor lives.
        if (!input.isRetained()) {
            health.heard(reading.sensor(), now).forEach(event -> add(event, draft));
            health.keepHeard(reading.sensor(), now).ifPresent(draft.changes::add);
        }
    }

    void onOutcome(PictureOutcome outcome, Moment now) {
        Draft draft = new Draft();
        settle(outcome, now, draft);
        send(draft, now);
    }

    /** A word about a part of the box. */
    void onHealth(HealthInput input, Moment now) {
        Draft draft = new Draft();
        health.take(input, now).forEach(event -> add(event, draft));
        send(draft, now);
    }

    /** Lets deadlines pass and offers again what was refused. */
    void onTick(Moment now) {
        outbox.retry();
        Draft draft = new Draft();
        health.lost(outbox.takeLost(), now).forEach(event -> add(event, draft));
        for (Binding binding : memory.takeDue(now.steadyNanos())) {
            memory.evaluate(binding, new RuleInput.Tick(), now).ifPresent(outcome -> {
                Basis basis = new Basis(now, now, null, List.of(), false);
                outcome.findings().forEach(finding -> tell(binding, finding, basis, draft));
            });
            memory.change(binding, now.steadyNanos()).ifPresent(draft.changes::add);
        }
        health.tick(now).forEach(event -> add(event, draft));
        long timeout = settings.limits().evidenceTimeout().toNanos();
        book.overdue(now.steadyNanos(), timeout).forEach(lost -> settle(lost, now, draft));
        send(draft, now);
    }

    /** Takes over from before a restart: resumes what still stands and ends what does not. */
    void restore(Iterable<StateChange> stored, Iterable<Event> events, Moment now) {
        resume(stored, events, false, now);
    }

    private void resume(Iterable<StateChange> stored, Iterable<Event> events, boolean arePicturesComing, Moment now) {
        Draft draft = new Draft();
        new Resumption(rules, memory, book, health, arePicturesComing)
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

    /** Returns the event only if it is a new one. */
    private Optional<Event> tell(Binding binding, Finding finding, Basis basis, Draft draft) {
        String key = EventMaker.dedupKey(binding);
        return switch (finding.change()) {
            case BEGUN -> {
                Event event = maker.begun(binding, finding, basis);
                book.begin(event, basis.now().steadyNanos());
                add(event, draft);
                yield Optional.of(event);
            }
            case UPDATED -> {
                boolean isNews = finding.reason() != RuleReason.STILL_SO;
                book.update(
                                key,
                                finding.severity(),
                                basis.now(),
                                finding.attributes(),
                                isNews ? finding.why() : List.of())
                        .ifPresent(event -> add(event, draft));
                yield Optional.empty();
            }
            case ENDED -> {
                book.end(key, basis.now(), finding.attributes(), finding.why()).ifPresent(event -> add(event, draft));
                yield Optional.empty();
            }
        };
    }

    private void add(Event event, Draft draft) {
        draft.events.add(event);
        outlets.tap().onEvent(event);
    }

    private void request(Event event, LookedPicture picture, CompiledRule rule) {
        PictureRequest.of(event, picture, rule.zone(), settings.limits())
                .forEach(request -> outlets.pictures().request(request));
    }

    private void send(Draft draft, Moment now) {
        boolean isEmpty = draft.events.isEmpty()
                && draft.changes.isEmpty()
                && draft.quarantined.isEmpty()
                && draft.afterCommit.isEmpty();
        if (isEmpty) {
            return;
        }
        Slot slot = new Slot(draft.events, draft.changes, draft.quarantined, draft.afterCommit, now.steadyNanos());
        if (outbox.put(slot) == Outbox.Fate.DROPPED) {
            memory.unwritten(draft.changes);
        }
    }

    /** When something wants a tick; empty for nothing at all. */
    OptionalLong nextDue(long nowNanos) {
        long due = Math.min(memory.nextDue().orElse(Long.MAX_VALUE), health.nextDue());
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
        return new Counts(outbox.depth(), outbox.dropped(), book.openCount(), book.awaitedCount(), memory.failures());
    }

    record Counts(int waitingSlots, long droppedSlots, int openEvents, int awaitedPictures, long ruleFailures) {}
}
