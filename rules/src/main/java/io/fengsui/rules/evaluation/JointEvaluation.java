package io.fengsui.rules.evaluation;

import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Moment;
import io.fengsui.rules.CompiledRule;
import io.fengsui.rules.Finding;
import io.fengsui.rules.Finding.Change;
import io.fengsui.rules.JointCheck;
import io.fengsui.rules.JointState;
import io.fengsui.rules.JointState.Voice;
import io.fengsui.rules.Outcome;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.RuleReason;
import io.fengsui.rules.RuleState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides one step of rules that confirm one another: begins when each of them finds something, or began to within the
 * time; ends when none of them does any more. Made for one evaluation.
 */
final class JointEvaluation {
    private final CompiledRule rule;
    private final JointCheck check;
    private final Moment now;

    JointEvaluation(CompiledRule rule, JointCheck check, Moment now) {
        this.rule = rule;
        this.check = check;
        this.now = now;
    }

    static JointState fresh(JointCheck check, Moment now) {
        return new JointState(now, check.rules().stream().map(_ -> Voice.SILENT).toList(), false, RuleState.NEVER);
    }

    static long nextDue(CompiledRule rule, JointCheck check, RuleState state) {
        if (!(state instanceof JointState s)) {
            return RuleState.NEVER;
        }
        long lease = rule.definition().lease().toNanos();
        long due = s.isOpen() && lease > 0 ? s.toldAt() + lease / 2 : Long.MAX_VALUE;
        for (Voice voice : s.voices()) {
            boolean isFading = !voice.isFound() && voice.begunAt() != RuleState.NEVER;
            due = isFading ? Math.min(due, voice.begunAt() + check.within().toNanos() + 1) : due;
        }
        return due == Long.MAX_VALUE ? RuleState.NEVER : due;
    }

    Outcome evaluate(JointState state, RuleInput input) {
        return switch (input) {
            case RuleInput.Word word -> decide(heard(state, word));
            case RuleInput.Tick _ -> decide(new JointState(now, state.voices(), state.isOpen(), state.toldAt()));
            case RuleInput.Sighting _, RuleInput.Sample _ -> Outcome.nothing(state, RuleReason.NOTHING);
        };
    }

    private JointState heard(JointState state, RuleInput.Word word) {
        List<Voice> voices = new ArrayList<>(state.voices());
        int index = check.rules().indexOf(word.rule());
        if (index >= 0 && index < voices.size()) {
            Voice before = voices.get(index);
            voices.set(
                    index,
                    switch (word.change()) {
                        case BEGUN -> new Voice(true, now.steadyNanos());
                        case HAPPENED -> new Voice(before.isFound(), now.steadyNanos());
                        case UPDATED -> before;
                        case ENDED -> new Voice(false, before.begunAt());
                    });
        }
        return new JointState(now, voices, state.isOpen(), state.toldAt());
    }

    private Outcome decide(JointState state) {
        List<Voice> voices =
                state.voices().stream().map(v -> counts(v) ? v : Voice.SILENT).toList();
        boolean areAll = voices.stream().allMatch(this::counts);
        boolean isAny = voices.stream().anyMatch(this::counts);
        if (!state.isOpen()) {
            JointState next = new JointState(now, voices, areAll, areAll ? now.steadyNanos() : RuleState.NEVER);
            RuleReason waiting = isAny ? RuleReason.PENDING : RuleReason.NOTHING;
            return areAll ? told(next, Change.BEGUN, RuleReason.CONFIRMED) : Outcome.nothing(next, waiting);
        }
        if (!isAny) {
            JointState next = new JointState(now, voices, false, RuleState.NEVER);
            return told(next, Change.ENDED, RuleReason.NOT_CONFIRMED);
        }
        long lease = rule.definition().lease().toNanos();
        if (lease > 0 && now.steadyNanos() - state.toldAt() >= lease / 2) {
            return told(new JointState(now, voices, true, now.steadyNanos()), Change.UPDATED, RuleReason.STILL_SO);
        }
        return Outcome.nothing(new JointState(now, voices, true, state.toldAt()), RuleReason.OPEN);
    }

    private boolean counts(Voice voice) {
        return voice.isFound()
                || voice.begunAt() != RuleState.NEVER
                        && now.steadyNanos() - voice.begunAt() <= check.within().toNanos();
    }

    private Outcome told(JointState next, Change change, RuleReason reason) {
        String names = String.join(", ", check.rules());
        String detail =
                rule.definition().id() + (change == Change.ENDED ? ": none any more of " : ": together ") + names;
        Finding finding = new Finding(
                change,
                reason,
                rule.definition().severity(),
                Map.of("rules", names),
                List.of(),
                List.of(new Reason("rule", reason.code(), detail)));
        return new Outcome(next, reason, List.of(finding));
    }
}
