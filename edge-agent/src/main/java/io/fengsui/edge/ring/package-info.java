/**
 * The bounded ring between deciding and the disk: producers never block, one consumer hands whole slots to the spool.
 *
 * <p>Slots in, slots and the end of each batch out. Thread {@code ring-spool}. The Disruptor only here. Must not import
 * spool or later.
 */
@NullMarked
package io.fengsui.edge.ring;

import org.jspecify.annotations.NullMarked;
