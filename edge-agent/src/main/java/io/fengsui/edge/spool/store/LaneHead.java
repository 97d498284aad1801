package io.fengsui.edge.spool.store;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.link.LaneState;
import io.fengsui.protocol.value.Sha256;

/**
 * Where a lane stands within the running transaction; reread from disk after any failure. Confined to the writer.
 *
 * <p>Invariant: {@code first - 1 <= acknowledged <= last}, unless a hub was rewound to before {@code first}.
 */
public final class LaneHead {
    static final byte[] ZERO_HASH = new byte[32];

    final Lane lane;
    long first = 1;
    long last;
    byte[] lastHash = ZERO_HASH;
    byte[] beforeFirstHash = ZERO_HASH;
    long acknowledged;
    byte[] acknowledgedHash = ZERO_HASH;
    long bytes;
    boolean isDirty;

    LaneHead(Lane lane) {
        this.lane = lane;
    }

    long depth() {
        return last - Math.max(acknowledged, first - 1);
    }

    LaneState toState() {
        Sha256 hash = acknowledged == 0 ? Sha256.NONE : Sha256.of(acknowledgedHash);
        return new LaneState(lane, first, last, acknowledged, hash);
    }
}
