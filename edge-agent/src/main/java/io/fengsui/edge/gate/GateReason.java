package io.fengsui.edge.gate;

/** Why the gate opened or stayed shut; the label is the metric's tag. */
public enum GateReason {
    /** A keyframe, in a mode that looks at every one. */
    KEYFRAME("keyframe", Aim.DETECT, Urgency.ROUTINE),
    /** Its turn by count. */
    EVERY_NTH("every_nth", Aim.DETECT, Urgency.AWAKE),
    /** The mode decodes everything. */
    ALL("all", Aim.DETECT, Urgency.AWAKE),
    /** Asked for by a person or the hub. */
    REQUESTED("requested", Aim.DETECT, Urgency.ASKED),
    /** The coded pictures became larger than the camera's usual: tier 0. */
    SIZE("size", Aim.DETECT, Urgency.OPENING),
    /** The small picture differs from the background, or cannot be held against it though sizes changed: tier 1. */
    LUMA("luma", Aim.DETECT, Urgency.OPENING),
    /** What was found once and not for sure is looked at again: until then no rule believes it. */
    CONFIRM("confirm", Aim.DETECT, Urgency.OPENING),
    /** The camera is awake and is followed. */
    FOLLOW("follow", Aim.DETECT, Urgency.AWAKE),
    /** Something moves on that was looked at and is nothing that is looked for. */
    RESTLESS("restless", Aim.DETECT, Urgency.AWAKE),
    /** Something that moves too slowly to be noticed is looked for at fixed times. */
    TIMETABLE("timetable", Aim.DETECT, Urgency.AWAKE),
    /** A sample of what the shut gate kept back. */
    AUDIT("audit", Aim.DETECT, Urgency.ROUTINE),
    /** The small picture of a keyframe, because sizes alone are not trusted here. */
    SAMPLE("sample", Aim.LUMA, Urgency.ROUTINE),
    /** The small picture after something was there, until the rules have seen that it is gone. */
    CLOSING("closing", Aim.LUMA, Urgency.AWAKE),
    /** The small picture now and then, to see whether the trust in sizes is still deserved. */
    CHECK("check", Aim.LUMA, Urgency.ROUTINE),
    /** Sizes changed where a part of the picture is hidden from movement: the small picture says whether it was elsewhere. */
    MASKED("masked", Aim.LUMA, Urgency.OPENING),
    /** The small picture first, because many cameras opened at once. */
    SURGE("surge", Aim.LUMA, Urgency.ROUTINE),
    /** The first look at a stream: nothing is known of it yet. */
    FIRST("first", Aim.DETECT, Urgency.FIRST),
    /** Not a keyframe, in a mode that looks at keyframes only. */
    NOT_A_KEYFRAME("not_a_keyframe"),
    /** Not its turn by count. */
    NOT_ITS_TURN("not_its_turn"),
    /** The last look is too recent. */
    TOO_SOON("too_soon"),
    /** Nothing happens. */
    QUIET("quiet"),
    /** Awake, and the next look is not due yet. */
    NOT_DUE("not_due"),
    /** An answer is being waited for. */
    AWAITING("awaiting"),
    /** Many cameras opened at once; this one waits for its turn. */
    QUEUED("queued"),
    /** Would be looked at, but what it is predicted from was lost. */
    BROKEN("broken");

    /** What a look is for. */
    public enum Aim {
        /** The detector looks at the newest picture. */
        DETECT,
        /** The newest picture is made small and grey, to be compared with the background. */
        LUMA,
        /** Nothing is looked at. */
        NOTHING
    }

    /** Whose turn it is when workers are short, the first the most urgent. */
    public enum Urgency {
        ASKED,
        OPENING,
        AWAKE,
        ROUTINE,
        FIRST
    }

    private final String label;
    private final Aim aim;
    private final Urgency urgency;

    GateReason(String label, Aim aim, Urgency urgency) {
        this.label = label;
        this.aim = aim;
        this.urgency = urgency;
    }

    GateReason(String label) {
        this(label, Aim.NOTHING, Urgency.ROUTINE);
    }

    public String label() {
        return label;
    }

    /** Whether the picture is decoded. */
    public boolean isOpen() {
        return aim != Aim.NOTHING;
    }

    /** Whether a small picture that shows nothing is told to the next stage. */
    boolean isTold() {
        return this == CLOSING || this == MASKED;
    }

    public Aim aim() {
        return aim;
    }

    public Urgency urgency() {
        return urgency;
    }
}
