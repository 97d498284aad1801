package io.fengsui.edge.gate;

/** Why the gate opened or stayed shut; the label is the metric's tag. */
public enum GateReason {
    /** A keyframe, in a mode that looks at every one. */
    KEYFRAME("keyframe", true),
    /** Its turn by count. */
    EVERY_NTH("every_nth", true),
    /** The mode decodes everything. */
    ALL("all", true),
    /** Asked for by a person or the hub. */
    REQUESTED("requested", true),
    /** Not a keyframe, in a mode that looks at keyframes only. */
    NOT_A_KEYFRAME("not_a_keyframe", false),
    /** Not its turn by count. */
    NOT_ITS_TURN("not_its_turn", false),
    /** The last look is too recent. */
    TOO_SOON("too_soon", false),
    /** Would be looked at, but what it is predicted from was lost. */
    BROKEN("broken", false);

    private final String label;
    private final boolean isOpen;

    GateReason(String label, boolean isOpen) {
        this.label = label;
        this.isOpen = isOpen;
    }

    public String label() {
        return label;
    }

    /** Whether the picture is looked at. */
    public boolean isOpen() {
        return isOpen;
    }
}
