package io.fengsui.edge.decide;

import io.fengsui.protocol.Event;
import org.jspecify.annotations.Nullable;

/**
 * What became of an action, for an event of its own.
 *
 * @param isDone else it failed for good
 * @param code stable
 * @param attempts how often it was tried
 * @param cause the event that it answered; null when somebody ordered it
 * @param camera whose present picture belongs to the word; empty for none
 */
public record ActionWord(
        String action,
        boolean isDone,
        String code,
        int attempts,
        String detail,
        @Nullable Event cause,
        String camera) {}
