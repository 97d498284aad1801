package io.fengsui.protocol.link;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Moment;
import java.time.Duration;
import java.util.List;

/**
 * The hub's answer to an edge it serves.
 *
 * @param positions the edge sends from each position + 1, even when that is older than what was acknowledged
 * @param windowBytes unacknowledged bytes the edge may have in flight per lane
 * @param clockOffset edge's wall clock minus the hub's, as measured at hello
 */
public record Welcome(
        String sessionId,
        int protocolVersion,
        Moment clock,
        List<LanePosition> positions,
        Duration heartbeat,
        long maxRecordBytes,
        long windowBytes,
        Duration clockOffset) {
    public Welcome {
        Checks.id("session id", sessionId);
        positions = List.copyOf(positions);
        if (heartbeat.isNegative() || heartbeat.isZero() || maxRecordBytes <= 0 || windowBytes <= 0) {
            throw new IllegalArgumentException("heartbeat, record size and window are positive");
        }
    }
}
