package io.fengsui.edge.gate;

import io.fengsui.edge.gate.luma.LightRegime;
import io.fengsui.edge.gate.trust.Trust;
import io.fengsui.edge.gate.trust.TrustAdvice;
import io.fengsui.edge.gate.trust.TrustReason;
import org.jspecify.annotations.Nullable;

/**
 * How one camera's gate is, for people.
 *
 * @param isAwake whether it is followed now
 * @param isTrusted whether its sizes alone decide
 * @param trustReason why they do or do not
 * @param agreeing samples in a row in which sizes and small pictures agreed
 * @param needed of them
 * @param floor bits for each block of a usual quiet picture: high says "set capped VBR"
 * @param leastArea part of the picture that has to change for sizes to show it
 * @param lastOpening why it woke up last; null if it never did
 */
public record GateStatus(
        boolean isAwake,
        boolean isTrusted,
        TrustReason trustReason,
        LightRegime light,
        int agreeing,
        int needed,
        double floor,
        double leastArea,
        @Nullable GateReason lastOpening) {
    static final GateStatus NEW = of(false, Trust.initial(LightRegime.COLOUR), 0, 1, null);

    /** What can be done so that its sizes are believed. */
    public TrustAdvice advice() {
        return TrustAdvice.of(isTrusted, trustReason, light, leastArea);
    }

    static GateStatus of(
            boolean isAwake, Trust trust, double floor, double leastArea, @Nullable GateReason lastOpening) {
        return new GateStatus(
                isAwake,
                trust.isTrusted(),
                trust.reason(),
                trust.light(),
                trust.agreeing(),
                trust.needed(),
                floor,
                leastArea,
                lastOpening);
    }
}
