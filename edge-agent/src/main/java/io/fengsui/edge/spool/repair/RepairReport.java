package io.fengsui.edge.spool.repair;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was found damaged.
 *
 * @param records that are lost, as far as they can be counted
 * @param otherRows rows of rule state, open events, evidence and orders that are lost, as far as they can be counted
 * @param aside where the old file went; null when it is still in use
 */
public record RepairReport(
        long records, long otherRows, @Nullable Path aside) {
    static final RepairReport CLEAN = new RepairReport(0, 0, null);

    public boolean isClean() {
        return records == 0 && otherRows == 0 && aside == null;
    }
}
