package io.fengsui.edge.gate.admission;

/** Whether an opening by sizes has to wait its turn. */
public enum Surge {
    NONE,
    ADMITTED,
    WAITS
}
