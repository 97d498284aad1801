/**
 * Reading what is committed: records by position, evidence by state, and the figures of a file whose agent does not run.
 *
 * <p>A connection in, values out. Each reader belongs to one thread and has its own connection. Must not import its parent.
 */
@NullMarked
package io.fengsui.edge.spool.read;

import org.jspecify.annotations.NullMarked;
