package io.fengsui.protocol;

/** How bad it is, from least to worst. The order of the constants is the order of severity. */
public enum Severity {
    INFO,
    WARNING,
    MINOR,
    MAJOR,
    CRITICAL;

    public boolean isAtLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
