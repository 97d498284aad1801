package io.fengsui.edge.evidence;

import java.util.Locale;

/** Why a promised picture will never come. */
public enum LossReason {
    /** More was asked for than could be taken. */
    QUEUE_FULL,
    /** It could not be decoded, or no worker was there in time. */
    NO_PICTURE,
    TOO_LARGE,
    /** The file or its row could not be written. */
    NOT_STORED,
    /** Dropped for want of room before the hub had it. */
    EVICTED,
    /** The disk has less left than events may need, and nothing could be given up. */
    NO_ROOM,
    /** The agent ended before it was taken. */
    RESTART,
    FILE_MISSING,
    /** The hub will never take it. */
    REFUSED;

    /** Stable name for records and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
