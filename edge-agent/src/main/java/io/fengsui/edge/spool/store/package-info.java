/**
 * The spool's file: schema, the codes and bodies of its rows, and the one writing connection.
 *
 * <p>Drafts and rows in, rows out. Thread {@code ring-spool} writes, on one connection. Must not import its parent, which has the threads and the batches.
 */
@NullMarked
package io.fengsui.edge.spool.store;

import org.jspecify.annotations.NullMarked;
