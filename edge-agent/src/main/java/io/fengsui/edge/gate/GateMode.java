package io.fengsui.edge.gate;

/** Which pictures of a camera are looked at. */
public sealed interface GateMode {
    /** Those in which something may be happening. */
    record Auto() implements GateMode {}

    /** Every keyframe. */
    record Keyframes() implements GateMode {}

    /** Every n-th picture. */
    record EveryNth(int n) implements GateMode {
        public EveryNth {
            if (n < 1) {
                throw new IllegalArgumentException("every " + n + "th picture");
            }
        }
    }

    /** Every picture. */
    record All() implements GateMode {}

    /** As it stands in the configuration. */
    default String label() {
        return switch (this) {
            case Auto _ -> "auto";
            case Keyframes _ -> "keyframe";
            case EveryNth(int n) -> "every-" + n;
            case All _ -> "all";
        };
    }
}
