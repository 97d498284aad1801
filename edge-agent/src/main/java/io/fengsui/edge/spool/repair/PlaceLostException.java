package io.fengsui.edge.spool.repair;

/** The positions of a lane cannot be trusted any more: only a new epoch helps. */
final class PlaceLostException extends Exception {
    private static final long serialVersionUID = 1L;

    PlaceLostException(String message) {
        super(message);
    }
}
