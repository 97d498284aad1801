package io.fengsui.edge.control;

/** Answers what comes over the command socket. Called on {@code control-n}; may wait. */
@FunctionalInterface
public interface ControlHandler {
    ControlReply handle(ControlRequest request) throws Exception;
}
