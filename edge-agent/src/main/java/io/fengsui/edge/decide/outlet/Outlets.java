package io.fengsui.edge.decide.outlet;

import io.fengsui.edge.decide.why.DecisionLog;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Where decisions go, and what they are made with.
 *
 * @param random for event ids
 * @param log why, and why not
 * @param record what rules were fed with
 * @param work nanoseconds of work done, for the account of each rule
 */
public record Outlets(
        SlotSink slots,
        PictureRequestSink pictures,
        EventTap tap,
        RandomGenerator random,
        DecisionLog log,
        DecisionTap record,
        LongSupplier work) {
    /** Without a recording, and with no account of work. */
    public Outlets(SlotSink slots, PictureRequestSink pictures, EventTap tap, RandomGenerator random) {
        this(slots, pictures, tap, random, new DecisionLog(), DecisionTap.NONE, () -> 0);
    }
}
