/**
 * The tables of the deciding stages, on SQLite.
 *
 * <p>In: rows of the stages. Out: statements on the writer's connection. Thread: the shard's writer, inside its
 * transaction; {@link io.fengsui.hub.store.sqlite.SqliteJournal} reads on any. Must not import {@code store.query}.
 */
@NullMarked
package io.fengsui.hub.store.sqlite;

import org.jspecify.annotations.NullMarked;
