package io.fengsui.edge.gate;

/**
 * Takes what the gate let through, and owns it: it releases the look. Called on the camera's event loop: must not block;
 * may drop, newest wins.
 */
@FunctionalInterface
public interface LookSink {
    void onLook(Look look);
}
