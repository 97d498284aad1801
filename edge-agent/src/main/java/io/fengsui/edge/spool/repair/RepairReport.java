package io.fengsui.edge.spool.repair;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was found damaged.
 *
 * @param records that are lost, as far as they can be counted
 * @param otherRows rows of rule state, open events, evidence and orders that are lost, as far as they can be counted
 * @param isCounted whether {@code records} are all; nobody knows where the lanes' own rows are gone
 * @param aside where the old file went; null when it is still in use
 */
public record RepairReport(
        long records,
        long otherRows,
        boolean isCounted,
        @Nullable Path aside) {
    static final RepairReport CLEAN = new RepairReport(0, 0, true, null);

    RepairReport movedTo(@Nullable Path place) {
        return new RepairReport(records, otherRows, isCounted, place);
    }

    public boolean isClean() {
        return records == 0 && otherRows == 0 && aside == null;
    }
}
