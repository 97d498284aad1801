package io.fengsui.protocol.value;

/** How far a reading can be believed (after OPC UA Part 8). */
public enum Quality {
    GOOD,
    UNCERTAIN,
    BAD
}
