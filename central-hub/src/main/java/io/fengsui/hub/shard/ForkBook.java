package io.fengsui.hub.shard;

import org.jspecify.annotations.Nullable;

/** Knows the epochs that are not served any more. Writer's thread only. */
@FunctionalInterface
public interface ForkBook {
    /** The epoch of this edge that was seen on two boxes; null when none was. */
    @Nullable
    String forkedEpoch(String edge);
}
