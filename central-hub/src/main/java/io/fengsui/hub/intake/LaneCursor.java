package io.fengsui.hub.intake;

import io.fengsui.protocol.link.LanePosition;
import io.fengsui.protocol.link.LaneRecord;
import io.fengsui.protocol.link.RecordBatch;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.PrefixHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Checks one lane of one session: positions without a gap, each prefix hash following from the one before. What is known
 * already is passed over, so that a lane may be sent again. Confined to its session's lock.
 */
final class LaneCursor {
    /** What a batch is worth. */
    enum CursorReason {
        NEWS,
        /** All of it is known already. */
        KNOWN,
        /** A position is missing. */
        GAP,
        /** A prefix hash does not follow: damaged on the way, or another past. */
        WRONG_HASH
    }

    /** @param fresh the records that are not known yet */
    record Checked(CursorReason reason, List<LaneRecord> fresh, long bytes) {}

    private long position;
    private byte[] hash;
    private long unacknowledgedBytes;

    LaneCursor(LanePosition committed) {
        position = committed.position();
        Sha256 prefix = committed.prefixHash();
        hash = prefix.isNone() ? PrefixHash.none() : prefix.bytes();
    }

    long position() {
        return position;
    }

    Checked check(RecordBatch batch) {
        List<LaneRecord> fresh = new ArrayList<>(batch.records().size());
        long at = position;
        byte[] running = hash;
        long bytes = 0;
        for (LaneRecord one : batch.records()) {
            if (one.sequence() > at + 1) {
                return new Checked(CursorReason.GAP, List.of(), 0);
            }
            if (one.sequence() == at + 1) {
                if (!PrefixHash.isFollowedBy(running, one)) {
                    return new Checked(CursorReason.WRONG_HASH, List.of(), 0);
                }
                // The record's own hash and not one made of its body: a tombstone keeps the hash of what it replaced.
                running = one.prefixHash();
                at = one.sequence();
                bytes += one.body().length;
                fresh.add(one);
            } else if (one.sequence() == at && !Arrays.equals(running, one.prefixHash())) {
                return new Checked(CursorReason.WRONG_HASH, List.of(), 0);
            }
        }
        position = at;
        hash = running;
        unacknowledgedBytes += bytes;
        return new Checked(fresh.isEmpty() ? CursorReason.KNOWN : CursorReason.NEWS, fresh, bytes);
    }

    long unacknowledgedBytes() {
        return unacknowledgedBytes;
    }

    void acknowledged(long bytes) {
        unacknowledgedBytes -= bytes;
    }
}
