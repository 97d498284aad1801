/**
 * Who is to blame for a transaction that is not on disk: the store, what was being written, or something that all share.
 *
 * <p>What was thrown in, a verdict out; and what is written on trial and taken back, to know it. Thread {@code ring-spool}. Must not
 * import its parent.
 */
@NullMarked
package io.fengsui.edge.spool.fault;

import org.jspecify.annotations.NullMarked;
