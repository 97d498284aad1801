package io.fengsui.edge.evidence;

import io.fengsui.edge.vision.NoPictureException;
import java.util.Locale;

/** Why a promised picture will never come. */
public enum LossReason {
    /** More was asked for than could be taken. */
    QUEUE_FULL,
    /** It could not be decoded, or no worker was there in time. */
    NO_PICTURE,
    /** Its camera's pictures ended vision workers, and it is left out: {@code health.camera.quarantined}. */
    CAMERA_QUARANTINED,
    /** Its camera streamed nothing then. */
    CAMERA_OFFLINE,
    /** Vision is switched off, or its model cannot be served. */
    VISION_OFF,
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

    /** Why a source gave none, by what it threw. */
    static LossReason of(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof NoPictureException none) {
                return switch (none.why()) {
                    case QUARANTINED -> CAMERA_QUARANTINED;
                    case NO_STREAM -> CAMERA_OFFLINE;
                    case VISION_OFF -> VISION_OFF;
                };
            }
        }
        return NO_PICTURE;
    }

    /** Stable name for records and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
