package io.fengsui.edge.spool.repair;

import io.fengsui.protocol.Lane;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was found damaged.
 *
 * @param records that are lost, as far as they can be counted
 * @param otherRows rows of rule state, open events, evidence and orders that are lost, as far as they can be counted
 * @param uncounted lanes of which more may be lost than {@code records} says: nobody knows where the lane's own row is gone
 * @param aside where the old file went; null when it is still in use
 */
public record RepairReport(
        long records,
        long otherRows,
        Set<Lane> uncounted,
        @Nullable Path aside) {
    public static final RepairReport CLEAN = new RepairReport(0, 0, Set.of(), null);

    public RepairReport {
        uncounted = Set.copyOf(uncounted);
    }

    RepairReport movedTo(@Nullable Path place) {
        return new RepairReport(records, otherRows, uncounted, place);
    }

    /** Both, one after the other; the first file that went aside is the original. */
    RepairReport and(RepairReport later) {
        Set<Lane> both = EnumSet.noneOf(Lane.class);
        both.addAll(uncounted);
        both.addAll(later.uncounted);
        return new RepairReport(
                records + later.records, otherRows + later.otherRows, both, aside == null ? later.aside : aside);
    }

    /** Whether {@code records} are all. */
    public boolean isCounted() {
        return uncounted.isEmpty();
    }

    public boolean isClean() {
        return records == 0 && otherRows == 0 && aside == null;
    }
}
