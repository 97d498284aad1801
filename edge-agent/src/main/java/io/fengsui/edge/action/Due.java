package io.fengsui.edge.action;

import io.fengsui.protocol.Event;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done.
 *
 * @param key for the cool-down; empty for none
 * @param event that it answers; null when somebody ordered it
 * @param attempt counted from 1
 */
record Due(
        ActionSettings action,
        String key,
        String text,
        @Nullable Event event,
        long sinceNanos,
        int attempt) implements Work {
    Due next() {
        return new Due(action, key, text, event, sinceNanos, attempt + 1);
    }
}
