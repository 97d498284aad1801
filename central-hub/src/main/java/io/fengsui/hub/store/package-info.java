/**
 * The hub's database: SQLite behind Jdbi, with one writer connection and a small pool of readers; the rows of the
 * stages before it.
 *
 * <p>In: rows from a shard's writer, queries from the console. Out: rows. Thread: the writer's handle belongs to the
 * shard's writer thread, readers to whoever asks. With {@code shard} the only package that may use {@code java.sql} and
 * Jdbi. Does not import console, ops, config, app.
 */
@NullMarked
package io.fengsui.hub.store;

import org.jspecify.annotations.NullMarked;
