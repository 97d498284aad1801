package io.fengsui.edge.gate.trust;

import io.fengsui.edge.gate.luma.LightRegime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Compares what the tiers said of the same time. Sizes get a second more before they count as having missed something, as
 * the small picture may have shown its first moment. What was earned is remembered over the end of a stream and a change of
 * light: at dusk, and when the power comes back, a thousand cameras have to earn it anew at once. Confined to the camera's event
 * loop, but for {@link #earned}.
 */
public final class TrustBook {
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private static final long NO_SETS = -1;

    private static final long BEFORE = TimeUnit.SECONDS.toNanos(3);

    private final Consumer<Trust> onChange;
    private volatile Map<LightRegime, EarnedTrust> earned = Map.of();
    private long parameterSets = NO_SETS;
    private Trust trust = Trust.initial(LightRegime.COLOUR);
    private boolean wasNoticed;
    private long noticedNanos;
    private long sampleNanos;
    private boolean isJudging;
    private long judgeNanos;
    private long judgedFromNanos;

    /**
     * What sizes are like now.
     *
     * @param isLearning whether too few were seen to say: nothing they did not show counts against them yet
     */
    public record Unrest(double leastArea, boolean hasShifted, boolean isLearning) {}

    /** @param onChange told when the belief begins or ends */
    public TrustBook(Consumer<Trust> onChange) {
        this.onChange = onChange;
    }

    public Trust trust() {
        return trust;
    }

    /** What was earned and not lost, light by light; from any thread. */
    public Collection<EarnedTrust> earned() {
        return earned.values();
    }

    /** What had been earned in an earlier run; before the camera's first picture. */
    public void remember(Collection<EarnedTrust> before) {
        Map<LightRegime, EarnedTrust> all = new EnumMap<>(LightRegime.class);
        before.forEach(each -> all.put(each.light(), each));
        earned = Map.copyOf(all);
    }

    /** The CRC-32 of the stream's parameter sets; negative while they are not known. */
    public void onParameterSets(long sum) {
        if (parameterSets != sum) {
            parameterSets = sum;
            recall();
        }
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

    /**
     * A small picture showed nothing where it counts while sizes notice what is hidden: neither for nor against them, unless it
     * made them too restless to show something small.
     */
    public void onHidden(LightRegime light, Unrest unrest, long nowNanos) {
        if (unrest.leastArea() > Trust.KEPT_AREA) {
            take(light, unrest, false, false);
        }
        sampleNanos = nowNanos;
    }

    /** The detector found something that sizes had shown. */
    public void onConfirmed(LightRegime light, Unrest unrest) {
        take(light, unrest, true, true);
    }

    /** The detector found something that a small picture or a sample of shut time had led to, taken at this time. */
    public void onFound(Unrest unrest, long takenNanos) {
        if (unrest.isLearning()) {
            return;
        }
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

    /** Whether sizes had their time to notice what was found. */
    public boolean isDue(long nowNanos) {
        return isJudging && nowNanos - judgeNanos >= 0;
    }

    /** What was found counts, for sizes or against them. */
    public void judge(LightRegime light, Unrest unrest) {
        isJudging = false;
        take(light, unrest, true, wasNoticedSince(judgedFromNanos));
    }

    /** Another stream. */
    public void onStream(long nowNanos) {
        Trust before = trust;
        trust = before.anotherStream();
        parameterSets = NO_SETS;
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
        if (light == before.light() && unrest.isLearning()) {
            return;
        }
        trust = before.after(new TrustSample(light, isThere, noticed, unrest.leastArea(), unrest.hasShifted()));
        boolean isDelayed = !before.isTrusted() && trust.agreeing() == 0 && trust.reason() != TrustReason.MISSED;
        if (trust.light() != before.light() || isDelayed) {
            recall();
        } else {
            keep(before);
        }
        tell(before);
    }

    private void recall() {
        EarnedTrust had = earned.get(trust.light());
        if (had != null && had.parameterSets() == parameterSets && !trust.isTrusted()) {
            trust = trust.recalling(had);
        }
    }

    /** What was earned now, or is so no more. */
    private void keep(Trust before) {
        boolean isLost = trust.reason() == TrustReason.MISSED || before.isTrusted() && !trust.isTrusted();
        boolean isWon = trust.isTrusted() && !before.isTrusted() && parameterSets >= 0;
        if (isWon || isLost && earned.containsKey(trust.light())) {
            Map<LightRegime, EarnedTrust> all = new EnumMap<>(LightRegime.class);
            all.putAll(earned);
            all.remove(trust.light());
            if (isWon) {
                all.put(trust.light(), new EarnedTrust(trust.light(), parameterSets, trust.needed()));
            }
            earned = Map.copyOf(all);
        }
    }

    private void tell(Trust before) {
        if (before.isTrusted() != trust.isTrusted()) {
            onChange.accept(trust);
        }
    }
}
