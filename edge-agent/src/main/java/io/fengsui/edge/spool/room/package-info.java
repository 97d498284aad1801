/**
 * How much room the spool has and what is given up for more: retention, eviction, ballast; and the figures that others may
 * know of it.
 *
 * <p>An open writer in, deletions, tombstones and figures out. Thread {@code ring-spool}; figures are read by any. Must not
 * import repair or its parent.
 */
@NullMarked
package io.fengsui.edge.spool.room;

import org.jspecify.annotations.NullMarked;
