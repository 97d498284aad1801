/**
 * Deletes what is kept no longer.
 *
 * <p>In: time, how long rows are kept. Out: SQL. Thread: the shard's writer. Imports {@code store}; only {@code app}
 * imports it.
 */
@NullMarked
package io.fengsui.hub.store.expiry;

import org.jspecify.annotations.NullMarked;
