package io.fengsui.edge.patrol;

/** Takes rounds that were made. Called on {@code patrol}; must not block for long. */
@FunctionalInterface
public interface RoundSink {
    void onRound(Round round);
}
