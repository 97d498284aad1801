package io.fengsui.edge.spool.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the spool lies and how much it may hold.
 *
 * @param directory holds {@code spool.db}; made when it is not there
 * @param maxBytes page limit of the database
 * @param keepAcknowledged how long acknowledged records are kept for a hub that was restored from a backup
 * @param keepAcknowledgedBytes what acknowledged and waiting records of a lane may take together before the oldest
 *     acknowledged go
 * @param quarantineRows payloads kept for people; the oldest goes first
 * @param heldSlots slots held in memory while the store is broken, a quarter of them for urgent ones; more are refused
 * @param ballastBytes of a file that is given up when others fill the disk; 0 for none
 */
public record SpoolSettings(
        Path directory,
        long maxBytes,
        Duration keepAcknowledged,
        long keepAcknowledgedBytes,
        int quarantineRows,
        int heldSlots,
        long ballastBytes) {

    public static final int PAGE_BYTES = 4096;
    private static final long MIN_BYTES = 1 << 20;
    private static final long USUAL_BALLAST = 16 << 20;

    public SpoolSettings {
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException("a spool needs " + MIN_BYTES + " bytes or more, not " + maxBytes);
        }
        if (keepAcknowledged.isNegative() || keepAcknowledgedBytes < 0) {
            throw new IllegalArgumentException("what is kept of acknowledged records is not negative");
        }
        if (quarantineRows < 1 || heldSlots < 1) {
            throw new IllegalArgumentException("quarantine rows and held slots are 1 or more");
        }
        if (ballastBytes < 0) {
            throw new IllegalArgumentException("ballast is not negative: " + ballastBytes);
        }
    }

    /** Without ballast. */
    public SpoolSettings(
            Path directory,
            long maxBytes,
            Duration keepAcknowledged,
            long keepAcknowledgedBytes,
            int quarantineRows,
            int heldSlots) {
        this(directory, maxBytes, keepAcknowledged, keepAcknowledgedBytes, quarantineRows, heldSlots, 0);
    }

    /** 512 MiB, of them 64 MiB a lane for acknowledged records of the last 7 days; 16 MiB of ballast. */
    public static SpoolSettings in(Path directory) {
        return new SpoolSettings(directory, 512L << 20, Duration.ofDays(7), 64L << 20, 10_000, 8192, USUAL_BALLAST);
    }

    public long maxPages() {
        return maxBytes / PAGE_BYTES;
    }
}
