package io.fengsui.protocol.link;

import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Sha256;

/**
 * What the edge holds of a lane. Positions start at 1; 0 means nothing yet.
 *
 * @param first oldest position still held; {@code last + 1} when none is
 * @param last newest committed position
 * @param acknowledged what the hub has acknowledged, as far as the edge knows
 * @param acknowledgedHash prefix hash at {@code acknowledged}
 */
public record LaneState(Lane lane, long first, long last, long acknowledged, Sha256 acknowledgedHash) {
    public LaneState {
        if (first < 1 || last < 0 || acknowledged < 0 || first > last + 1 || acknowledged > last) {
            throw new IllegalArgumentException(
                    "lane " + lane + " cannot hold " + first + ".." + last + " with " + acknowledged + " acknowledged");
        }
    }
}
