/**
 * What is asked of the hub's rows.
 *
 * <p>In: filters and cursors of pages. Out: rows as records. Thread: any, on the bounded pool of read-only connections;
 * committed rows only. Of {@code store.rows} it takes how a row is read where that is the same; statements of its own.
 */
@NullMarked
package io.fengsui.hub.store.query;

import org.jspecify.annotations.NullMarked;
