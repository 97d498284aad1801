package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.EventBook;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.event.PictureOutcome;
import io.fengsui.edge.decide.event.RuleMemory;
import io.fengsui.edge.decide.event.RuleMemory.Binding;
import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.edge.decide.health.HealthDesk;
import io.fengsui.edge.decide.health.LastReadings;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.EvidenceState;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.JointCheck;
import io.fengsui.rules.RuleCheck;
import io.fengsui.rules.RuleSet;
import io.fengsui.rules.StateCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts stored states and open events together again after a restart. What matches goes on; an event whose rule is gone or
 * has changed its meaning ends with that reason; a state that is not understood is forgotten; a picture that was awaited
 * is lost, as the request died with the process.
 */
final class Resumption {
    private final RuleSet rules;
    private final Map<String, CompiledRule> readingRules = new HashMap<>();
    private final RuleMemory memory;
    private final RuleRunner runner;
    private final EventBook book;
    private final HealthDesk health;
    private final boolean arePicturesComing;

    /** @param arePicturesComing whether requests of before are still under way */
    Resumption(RuleRunner runner, EventBook book, HealthDesk health, boolean arePicturesComing) {
        RuleSet given = runner.rules();
        this.rules = given;
        this.memory = runner.memory();
        this.runner = runner;
        this.book = book;
        this.health = health;
        this.arePicturesComing = arePicturesComing;
        given.all().stream()
                .filter(rule -> rule.camera().isEmpty())
                .forEach(rule -> readingRules.put(rule.definition().id(), rule));
    }

    /** Something to write. */
    record Step(Optional<Event> event, Optional<StateChange> change) {
        static Step of(Event event) {
            return new Step(Optional.of(event), Optional.empty());
        }

        static Step of(StateChange change) {
            return new Step(Optional.empty(), Optional.of(change));
        }
    }

    List<Step> restore(Iterable<StateChange> stored, Iterable<Event> events, Moment now) {
        List<Step> steps = new ArrayList<>();
        Map<String, Binding> known = new HashMap<>();
        for (CompiledRule rule : rules.all()) {
            if (!rule.camera().isEmpty()) {
                Binding binding = new Binding(rule, rule.camera());
                known.put(binding.key(), binding);
            }
        }
        List<StateChange> ofRules = new ArrayList<>();
        for (StateChange change : stored) {
            if (!runner.resume(change, now)) {
                ofRules.add(change);
            }
        }
        for (StateChange change : ofRules) {
            resumeState(change, known, now).ifPresent(steps::add);
        }
        Map<String, Binding> resumed = new HashMap<>();
        memory.bindings().stream().filter(memory::isOpen).forEach(b -> resumed.put(EventMaker.dedupKey(b), b));
        Set<String> matched = new HashSet<>();
        for (Event event : events) {
            resumeEvent(event, resumed, matched, now).forEach(e -> steps.add(Step.of(e)));
        }
        resumed.forEach((dedupKey, binding) -> {
            if (!matched.contains(dedupKey)) {
                steps.add(Step.of(memory.forget(binding.key())));
            }
        });
        return steps;
    }

    private Optional<Step> resumeState(StateChange change, Map<String, Binding> known, Moment now) {
        if (LastReadings.isOne(change)) {
            boolean isTaken = LastReadings.read(change)
                    .map(kept -> health.resume(kept, now))
                    .orElse(false);
            return isTaken ? Optional.empty() : Optional.of(Step.of(new StateChange(change.key(), new byte[0])));
        }
        if (!change.key().startsWith("rule/") || change.value().length == 0) {
            return Optional.empty();
        }
        Optional<Binding> binding = Optional.ofNullable(known.get(change.key())).or(() -> ofReadings(change.key()));
        Optional<StateCodec.Stored> state = StateCodec.decode(change.value());
        if (binding.isPresent()
                && state.isPresent()
                && state.get().fingerprint().equals(binding.get().rule().fingerprint())) {
            memory.resume(binding.get(), state.get().state(), now, runner.modes());
            return Optional.empty();
        }
        return Optional.of(Step.of(memory.forget(change.key())));
    }

    /** The binding of a rule of readings; its subject is whatever sensor the key names and the rule takes. */
    private Optional<Binding> ofReadings(String key) {
        String[] parts = key.split("/", 3);
        CompiledRule rule = parts.length == 3 ? readingRules.get(parts[1]) : null;
        if (rule != null && rule.definition().check() instanceof JointCheck) {
            return Optional.of(new Binding(rule, parts[2]));
        }
        if (rule == null || !(rule.definition().check() instanceof RuleCheck.OfReadings check)) {
            return Optional.empty();
        }
        List<String> sensors = check.filter().sensors();
        boolean isTaken = sensors.isEmpty() || sensors.contains(parts[2]);
        return isTaken ? Optional.of(new Binding(rule, parts[2])) : Optional.empty();
    }

    private List<Event> resumeEvent(Event event, Map<String, Binding> resumed, Set<String> matched, Moment now) {
        List<Event> told = new ArrayList<>();
        if (!event.kind().isFoundByRules() && event.phase().isOpen()) {
            told.addAll(health.resume(event, now));
        } else {
            book.resume(event, now.steadyNanos());
        }
        for (Evidence evidence : event.evidence()) {
            if (evidence.state() == EvidenceState.PENDING && !arePicturesComing) {
                PictureOutcome lost = new PictureOutcome.Lost(event.id(), evidence.id(), "restarted");
                book.settle(lost, now).ifPresent(told::add);
            }
        }
        boolean isOfARule = event.phase().isOpen() && event.kind().isFoundByRules();
        if (isOfARule && !resumed.containsKey(event.dedupKey())) {
            Reason why = new Reason("rule", "not_resumed", "its rule is gone, was changed, or kept no state");
            book.end(event.dedupKey(), now, Map.of(), List.of(why)).ifPresent(told::add);
        } else if (isOfARule) {
            matched.add(event.dedupKey());
        }
        return told;
    }
}
