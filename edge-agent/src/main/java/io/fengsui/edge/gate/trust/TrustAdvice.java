package io.fengsui.edge.gate.trust;

import io.fengsui.edge.gate.luma.LightRegime;
import java.util.Arrays;
import java.util.Optional;

/** What whoever installs a camera can do so that its sizes are believed; the label is for machines, the text for people. Pure. */
public enum TrustAdvice {
    NONE("none", ""),
    WAIT("wait", "nothing to do yet: too little is known 学习中"),
    CAPPED_VBR(
            "capped_vbr",
            "set capped VBR 设为封顶可变码率(capped VBR): quiet pictures are so large that movement does not show"),
    CAPPED_VBR_AND_LESS_NOISE(
            "capped_vbr_less_noise",
            "set capped VBR, then noise reduction (3D NR) up or gain down 设为封顶可变码率,开大降噪或限制增益:"
                    + " at night quiet pictures are so large that movement does not show"),
    STEADY_BITRATE(
            "steady_bitrate",
            "if this stays: set capped VBR, smart codec off 如一直如此,设为封顶可变码率并关闭智能编码: what is usual keeps changing"),
    WATCH_CLOSELY(
            "watch_closely",
            "nothing to set: sizes did not show something that was there, and it is watched by keyframes 逐个关键帧看守");

    private final String label;
    private final String text;

    TrustAdvice(String label, String text) {
        this.label = label;
        this.text = text;
    }

    /** Of a camera whose gate goes by sizes where it may. */
    public static TrustAdvice of(boolean isTrusted, TrustReason reason, LightRegime light, double leastArea) {
        if (isTrusted) {
            return NONE;
        }
        return switch (reason) {
            case NOISY -> noisy(light);
            // Above it no sample counts, and the reason is from before; nothing is known where sizes have to change
            // wholly.
            case LEARNING, AGREED, LIGHT, STREAM -> leastArea > Trust.MOST_AREA && leastArea < 1 ? noisy(light) : WAIT;
            case BITRATE -> STEADY_BITRATE;
            case MISSED -> WATCH_CLOSELY;
        };
    }

    /** The one with this label; empty for one that only another version of the agent knows. */
    public static Optional<TrustAdvice> labelled(String label) {
        return Arrays.stream(values())
                .filter(advice -> advice.label.equals(label))
                .findFirst();
    }

    private static TrustAdvice noisy(LightRegime light) {
        return switch (light) {
            case COLOUR -> CAPPED_VBR;
            case GREY -> CAPPED_VBR_AND_LESS_NOISE;
        };
    }

    /** Whether the camera's bitrate should be set to capped VBR. */
    public boolean isForCappedVbr() {
        return switch (this) {
            case CAPPED_VBR, CAPPED_VBR_AND_LESS_NOISE -> true;
            case NONE, WAIT, STEADY_BITRATE, WATCH_CLOSELY -> false;
        };
    }

    public String label() {
        return label;
    }

    public String text() {
        return text;
    }
}
