/**
 * The hub's database, SQLite or PostgreSQL behind Jdbi, with one writer connection and a small pool of readers. Tables
 * of the stages are in {@code store.rows}, what people ask in {@code store.query}. What differs between databases is
 * {@code Engine}; migrations serve all.
 *
 * <p>In: settings. Out: connections. Thread: the writer's handle belongs to the shard's writer thread, readers to whoever
 * asks. With {@code shard} the only stage that may use {@code java.sql} and Jdbi. Does not import console, ops, config,
 * app.
 */
@NullMarked
package io.fengsui.hub.store;

import org.jspecify.annotations.NullMarked;
