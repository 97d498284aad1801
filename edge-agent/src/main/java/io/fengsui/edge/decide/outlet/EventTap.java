package io.fengsui.edge.decide.outlet;

import io.fengsui.protocol.Event;

/** Sees every event as it is decided, before and without any disk: for local actions. Called on {@code decide}. */
@FunctionalInterface
public interface EventTap {
    void onEvent(Event event);
}
