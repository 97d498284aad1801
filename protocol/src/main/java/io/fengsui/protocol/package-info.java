/**
 * What edge and hub say to each other about the world: events and their values, as immutable records.
 *
 * <p>{@code link} has the words of the conversation itself (hello, positions, orders, questions), {@code wire} the
 * protobuf form of both. Imports none of ours; no I/O, no threads.
 */
@NullMarked
package io.fengsui.protocol;

import org.jspecify.annotations.NullMarked;
