package io.fengsui.edge.decide.event;

import io.fengsui.edge.decide.event.Slot.StateChange;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleState;
import io.fengsui.rules.StateCodec;
import io.fengsui.rules.condition.Condition;
import io.fengsui.rules.evaluation.Evaluation;
import io.fengsui.rules.timing.Modes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of every rule and subject, and when each wants a tick. Says which states must be written: at once when their
 * shape changes, else every {@link #REFRESH}. Confined to {@code decide}.
 */
public final class RuleMemory {
    static final Duration REFRESH = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RuleMemory.class);

    /** A rule at work on one subject. */
    public record Binding(CompiledRule rule, String subject) {
        /** Names its state on disk. */
        public String key() {
            return "rule/" + rule.definition().id() + "/" + subject;
        }
    }

    /** What is in memory, and what was last handed to the disk. */
    private static final class Entry {
        private final Binding binding;
        private RuleState state;
        private Optional<RuleState> written = Optional.empty();
        private long writtenAt;
        private boolean isForced;

        Entry(Binding binding, RuleState state) {
            this.binding = binding;
            this.state = state;
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private final DueHeap due = new DueHeap();
    private final Set<String> failing = new HashSet<>();
    private final RuleGuard guard;
    private long failures;

    public RuleMemory(RuleGuard guard) {
        this.guard = guard;
    }

    /** Evaluates one rule. One that throws is told of in the log once, counted, and finds nothing; so does a stopped one. */
    public Optional<Outcome> evaluate(Binding binding, RuleInput input, Moment now, Modes modes) {
        String id = binding.rule().definition().id();
        String key = binding.key();
        if (guard.isStopped(id)) {
            due.set(key, OptionalLong.empty());
            return Optional.empty();
        }
        long before = guard.before();
        Condition when = binding.rule().condition();
        long failedBefore = when.failures();
        Entry entry = entries.computeIfAbsent(key, _ -> new Entry(binding, Evaluation.fresh(binding.rule(), now)));
        try {
            Outcome outcome = Evaluation.of(binding.rule(), entry.state, input, now, modes);
            entry.state = outcome.state();
            due.set(key, Evaluation.nextDue(binding.rule(), entry.state, now, modes));
            if (!(input instanceof RuleInput.Tick)) {
                guard.after(id, before, now.steadyNanos(), when.failures() > failedBefore);
            }
            return Optional.of(outcome);
        } catch (RuntimeException | Error e) {
            failures++;
            guard.thrown(id, e);
            if (failing.add(key)) {
                LOG.error(
                        "rule={} subject={} failed and is skipped",
                        binding.rule().definition().id(),
                        binding.subject(),
                        e);
            }
            due.set(key, OptionalLong.empty());
            return Optional.empty();
        }
    }

    /** What must be written of a rule's state now; empty when it can wait. */
    public Optional<StateChange> change(Binding binding, long nowNanos) {
        Entry entry = entries.get(binding.key());
        if (entry == null) {
            return Optional.empty();
        }
        boolean isIdle = entry.state.isIdle();
        if (isIdle && entry.written.isEmpty() && !entry.isForced) {
            return Optional.empty();
        }
        boolean isSame = entry.written.filter(w -> entry.state.hasShapeOf(w)).isPresent();
        boolean isFresh = nowNanos - entry.writtenAt < REFRESH.toNanos();
        if (!isIdle && isSame && isFresh && !entry.isForced) {
            return Optional.empty();
        }
        entry.isForced = false;
        entry.written = isIdle ? Optional.empty() : Optional.of(entry.state);
        entry.writtenAt = nowNanos;
        return Optional.of(new StateChange(
                binding.key(),
                isIdle ? new byte[0] : StateCodec.encode(binding.rule().fingerprint(), entry.state)));
    }

    /** These changes did not get to the disk: they are due again. */
    public void unwritten(List<StateChange> changes) {
        for (StateChange change : changes) {
            Entry entry = entries.get(change.key());
            if (entry != null) {
                entry.isForced = true;
            }
        }
    }

    /** Takes over a stored state. */
    public void resume(Binding binding, RuleState stored, Moment now, Modes modes) {
        Entry entry = new Entry(binding, stored.carriedTo(now));
        entry.written = Optional.of(entry.state);
        entry.writtenAt = now.steadyNanos();
        entries.put(binding.key(), entry);
        due.set(binding.key(), Evaluation.nextDue(binding.rule(), entry.state, now, modes));
    }

    /** All that is remembered, as it would be stored. */
    public List<StateChange> export() {
        return entries.values().stream()
                .filter(e -> !e.state.isIdle())
                .map(e -> new StateChange(
                        e.binding.key(), StateCodec.encode(e.binding.rule().fingerprint(), e.state)))
                .toList();
    }

    /** Forgets a state; returns what to write. */
    public StateChange forget(String key) {
        entries.remove(key);
        due.set(key, OptionalLong.empty());
        return new StateChange(key, new byte[0]);
    }

    public boolean isOpen(Binding binding) {
        Entry entry = entries.get(binding.key());
        return entry != null && entry.state.isOpen();
    }

    /** Bindings that want a tick now. */
    public List<Binding> takeDue(long nowNanos) {
        return due.take(nowNanos).stream()
                .map(entries::get)
                .filter(Objects::nonNull)
                .map(e -> e.binding)
                .toList();
    }

    public OptionalLong nextDue() {
        return due.next();
    }

    /** All that is remembered of rules. */
    public List<Binding> bindings() {
        return entries.values().stream().map(e -> e.binding).toList();
    }

    public long failures() {
        return failures;
    }
}
