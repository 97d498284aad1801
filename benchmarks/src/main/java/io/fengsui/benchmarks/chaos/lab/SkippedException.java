package io.fengsui.benchmarks.chaos.lab;

/** This machine cannot do what a part needs; the message says what. */
public final class SkippedException extends Exception {
    private static final long serialVersionUID = 1L;

    public SkippedException(String why) {
        super(why);
    }
}
