package io.fengsui.hub.shard.input;

import io.fengsui.protocol.value.Checks;

/**
 * What the boxes said when a step asked whether the thing is still there.
 *
 * @param event that it was asked about; empty where none could be asked about
 * @param picture id of the fresh picture that shows it; empty where there is none
 * @param said the fresh reading, or why nothing is known
 */
public record Found(Verdict verdict, String event, String picture, String said) {
    public enum Verdict {
        /** A fresh look or reading shows it. */
        STILL_THERE,
        /** A fresh look or reading does not. */
        GONE,
        /** The box is away, or did not answer in time. */
        NOT_KNOWN
    }

    public Found {
        Checks.text("event", event);
        Checks.text("picture", picture);
        Checks.text("said", said);
    }
}
