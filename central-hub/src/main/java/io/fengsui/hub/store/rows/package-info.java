/**
 * The tables of the deciding stages, in SQL that SQLite and PostgreSQL both understand.
 *
 * <p>In: rows of the stages. Out: statements on the writer's connection. Thread: the shard's writer, inside its
 * transaction. Must not import {@code store.query}.
 */
@NullMarked
package io.fengsui.hub.store.rows;

import org.jspecify.annotations.NullMarked;
