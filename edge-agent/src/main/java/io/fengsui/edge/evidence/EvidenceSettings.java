package io.fengsui.edge.evidence;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where pictures are kept, and how many.
 *
 * @param directory made when it is not there
 * @param maxBytes of all files; what the hub has goes first, then the oldest
 * @param queue requests that wait; more are lost, newest first
 * @param patience how long one picture may take
 * @param freeBytes on the disk, below which pictures give way to events
 */
public record EvidenceSettings(Path directory, long maxBytes, int queue, Duration patience, long freeBytes) {
    public EvidenceSettings {
        if (maxBytes < 1 << 20) {
            throw new IllegalArgumentException("evidence needs 1 MiB or more, not " + maxBytes + " bytes");
        }
        if (queue < 1 || queue > 1024) {
            throw new IllegalArgumentException("the queue for pictures has 1..1024 places, not " + queue);
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("a picture needs time, not " + patience);
        }
    }

    /** Whatever is left on the disk. */
    public EvidenceSettings(Path directory, long maxBytes, int queue, Duration patience) {
        this(directory, maxBytes, queue, patience, 0);
    }

    /** 1 GiB, 64 requests, 15 s for each. */
    public static EvidenceSettings in(Path directory) {
        return new EvidenceSettings(directory, 1L << 30, 64, Duration.ofSeconds(15));
    }
}
