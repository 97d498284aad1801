package io.fengsui.runtime;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places where a program may be made to die on purpose, as if the power failed there: {@code -Dfengsui.crash-at=NAME}, or {@code
 * NAME:3} for the third time that it comes by. The process ends at once, without shutdown hooks. Without the property
 * a point costs one comparison. Thread-safe.
 */
public enum CrashPoint {
    /** The spool has its tables, and no name yet. */
    SPOOL_CREATED,
    /** The spool's log is written back, before anything is read. */
    SPOOL_OPENED,
    /** Records are in a transaction that is not committed. */
    SPOOL_BEFORE_COMMIT,
    /** Records are on disk, and nobody knows. */
    SPOOL_AFTER_COMMIT,
    /** Records are on disk, positions are told, and sensors' messages are not acknowledged. */
    SPOOL_AFTER_TELLING,
    /** What was left of a damaged spool is in a new file that has no name yet. */
    REPAIR_BUILT,
    /** The log of a damaged spool is put aside, and its file is not. */
    REPAIR_LOG_ASIDE,
    /** Inputs are in the hub's transaction, which is not committed. */
    HUB_BEFORE_COMMIT,
    /** Inputs are on the hub's disk, and nobody knows. */
    HUB_AFTER_COMMIT,
    /** Inputs are on the hub's disk, and edges were told. */
    HUB_AFTER_TELLING;

    /** Names the point. */
    public static final String PROPERTY = "fengsui.crash-at";

    private static final int STATUS = 137;
    private static final String[] WANTED = System.getProperty(PROPERTY, "").split(":", 2);
    private static final AtomicInteger LEFT = new AtomicInteger(WANTED.length < 2 ? 1 : Integer.parseInt(WANTED[1]));

    /** The program has come here. */
    public void reached() {
        if (!WANTED[0].isEmpty() && WANTED[0].equals(name()) && LEFT.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
