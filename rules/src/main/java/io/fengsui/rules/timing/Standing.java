package io.fengsui.rules.timing;

/** Whether a rule counts at a moment. */
public enum Standing {
    ON,
    /** It watches and keeps quiet; what still holds afterwards is told then. */
    MUTED,
    /** Out of its hours or modes: nothing begins, and what is open ends. */
    OFF
}
