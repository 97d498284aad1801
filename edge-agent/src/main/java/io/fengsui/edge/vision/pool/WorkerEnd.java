package io.fengsui.edge.vision.pool;

import java.util.Locale;

/**
 * How a life of a worker ended.
 *
 * @param detail for people
 */
public record WorkerEnd(Cause cause, String detail) {
    enum Cause {
        /** It could not be started. */
        NOT_STARTED,
        /** It refused its model. */
        MODEL_REFUSED,
        /** It did not become ready in time. */
        START_TIMEOUT,
        /** It needed too long for a job. */
        JOB_TIMEOUT,
        /** It gave no sign of life. */
        SILENT,
        /** It held too much memory. */
        MEMORY,
        /** It said something that cannot be understood. */
        PROTOCOL,
        /** It ended by itself: a crash. */
        EXITED,
        /** Somebody ended it: a person, or the system for want of memory. */
        KILLED,
        /** It was not needed any more. */
        DISMISSED,
        /** The pool was closed. */
        CLOSED
    }

    /** Whether what it was doing may be to blame. */
    boolean isCrash() {
        return switch (cause) {
            case EXITED, PROTOCOL, JOB_TIMEOUT -> true;
            case NOT_STARTED, MODEL_REFUSED, START_TIMEOUT, SILENT, MEMORY, KILLED, DISMISSED, CLOSED -> false;
        };
    }

    /** Stable code. */
    String reason() {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
