package io.fengsui.edge.gate.trust;

import io.fengsui.edge.gate.luma.LightRegime;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Compares what the tiers said of the same time. Sizes get a second more before they count as having missed something, as
 * the small picture may have shown its first moment. Confined to the camera's event loop.
 */
public final class TrustBook {
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private static final long BEFORE = TimeUnit.SECONDS.toNanos(3);

    private final Consumer<Trust> onChange;
    private Trust trust = Trust.initial(LightRegime.COLOUR);
    private boolean wasNoticed;
    private long noticedNanos;
    private long sampleNanos;
    private boolean isJudging;
    private long judgeNanos;
    private long judgedFromNanos;

    /** What sizes are like now. */
    public record Unrest(double leastArea, boolean hasShifted) {}

    /** @param onChange told when the belief begins or ends */
    public TrustBook(Consumer<Trust> onChange) {
        this.onChange = onChange;
    }

    public Trust trust() {
        return trust;
    }

    /** Sizes show activity. */
    public void onNoticed(long nowNanos) {
        wasNoticed = true;
        noticedNanos = nowNanos;
    }

    /** A small picture showed nothing: sizes are right if they said nothing since the one before. */
    public void onQuiet(LightRegime light, Unrest unrest, long nowNanos) {
        if (!wasNoticedSince(sampleNanos)) {
            take(light, unrest, false, false);
        }
        sampleNanos = nowNanos;
    }

    /** The detector found something that sizes had shown. */
    public void onConfirmed(LightRegime light, Unrest unrest) {
        take(light, unrest, true, true);
    }

    /** The detector found something that a small picture or a sample of shut time had led to, taken at this time. */
    public void onFound(long takenNanos) {
        isJudging = true;
        judgeNanos = takenNanos + GRACE;
        judgedFromNanos = takenNanos - BEFORE;
        sampleNanos = takenNanos;
    }

    /** The light of a small picture. */
    public void onLight(LightRegime light, Unrest unrest) {
        if (light != trust.light()) {
            take(light, unrest, false, false);
        }
    }

    /** Time goes on. */
    public void onTime(LightRegime light, Unrest unrest, long nowNanos) {
        if (isJudging && nowNanos - judgeNanos >= 0) {
            isJudging = false;
            take(light, unrest, true, wasNoticedSince(judgedFromNanos));
        }
    }

    /** Another stream. */
    public void onStream(long nowNanos) {
        Trust before = trust;
        trust = before.anotherStream();
        wasNoticed = false;
        isJudging = false;
        sampleNanos = nowNanos;
        tell(before);
    }

    private boolean wasNoticedSince(long nanos) {
        return wasNoticed && noticedNanos - nanos >= 0;
    }

    private void take(LightRegime light, Unrest unrest, boolean isThere, boolean noticed) {
        Trust before = trust;
        trust = before.after(new TrustSample(light, isThere, noticed, unrest.leastArea(), unrest.hasShifted()));
        tell(before);
    }

    private void tell(Trust before) {
        if (before.isTrusted() != trust.isTrusted()) {
            onChange.accept(trust);
        }
    }
}
