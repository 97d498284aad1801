/**
 * The spool's file: schema, the codes and bodies of its rows, the one writing connection, reading by position, and what
 * is given up when it is full.
 *
 * <p>Drafts and rows in, rows out. Thread {@code ring-spool} writes, on one connection; each reader has its own. Must
 * not import its parent, which has the threads and the batches.
 */
@NullMarked
package io.fengsui.edge.spool.store;

import org.jspecify.annotations.NullMarked;
