/**
 * Which hub may write a shard.
 *
 * <p>In: the writer's transactions. Out: the row of the lease, renewed in each. Thread: the shard's writer. Must not import
 * {@code store.rows}.
 */
@NullMarked
package io.fengsui.hub.store.lease;

import org.jspecify.annotations.NullMarked;
