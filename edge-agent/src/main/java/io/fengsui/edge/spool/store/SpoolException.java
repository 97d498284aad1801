package io.fengsui.edge.spool.store;

/** The spool cannot be opened or read; the text says which file and what to do. */
public sealed class SpoolException extends RuntimeException
        permits ForeignSpoolException, SpoolException.NotRebuilt, SpoolException.LogUnreadable {
    private static final long serialVersionUID = 1L;

    public SpoolException(String message) {
        super(message);
    }

    public SpoolException(String message, Throwable cause) {
        super(message, cause);
    }

    /** There is a log of which nothing can be known, not even whether it has anything: perhaps the disk gives it later. */
    public static final class LogUnreadable extends SpoolException {
        private static final long serialVersionUID = 1L;

        public LogUnreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A damaged spool could not be rebuilt: trying again writes all of it out again, so not soon. */
    public static final class NotRebuilt extends SpoolException {
        private static final long serialVersionUID = 1L;

        public NotRebuilt(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
