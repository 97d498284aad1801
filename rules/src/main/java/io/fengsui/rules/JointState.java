package io.fengsui.rules;

import io.fengsui.protocol.value.Moment;
import java.util.List;

/**
 * Of rules that confirm one another.
 *
 * @param voices what each of them said last, in the order of the check
 */
public record JointState(Moment last, List<Voice> voices, boolean isOpen, long toldAt) implements RuleState {
    /** One rule: whether it finds something now, and when it last began to. */
    public record Voice(boolean isFound, long begunAt) {
        public static final Voice SILENT = new Voice(false, RuleState.NEVER);
    }

    public JointState {
        voices = List.copyOf(voices);
    }

    @Override
    public boolean isIdle() {
        return !isOpen && voices.stream().allMatch(v -> v.equals(Voice.SILENT));
    }

    @Override
    public boolean hasShapeOf(RuleState other) {
        return other instanceof JointState j && isOpen == j.isOpen && toldAt == j.toldAt && voices.equals(j.voices);
    }

    @Override
    public JointState shut() {
        return new JointState(last, voices, false, RuleState.NEVER);
    }

    @Override
    public JointState carriedTo(Moment now) {
        if (now.bootId().equals(last.bootId())) {
            return this;
        }
        RuleState.Carry carry = RuleState.Carry.between(last, now);
        List<Voice> carried = voices.stream()
                .map(v -> new Voice(v.isFound(), carry.applyAsLong(v.begunAt())))
                .toList();
        return new JointState(carry.last(), carried, isOpen, carry.applyAsLong(toldAt));
    }
}
