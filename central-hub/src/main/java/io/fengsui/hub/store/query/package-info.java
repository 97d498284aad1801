/**
 * What is asked of the hub's rows.
 *
 * <p>In: filters and cursors of pages. Out: rows as records. Thread: any, on the bounded pool of read-only connections;
 * committed rows only. Must not import {@code store.rows}.
 */
@NullMarked
package io.fengsui.hub.store.query;

import org.jspecify.annotations.NullMarked;
