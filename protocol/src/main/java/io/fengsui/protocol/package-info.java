/**
 * What edge and hub say to each other about the world: events and their evidence, as immutable records.
 *
 * <p>{@code value} has what events are made of, {@code link} the words of the conversation itself (hello, positions,
 * orders, questions), {@code wire} the protobuf form of all; {@code mqtt} is what both programs read of that protocol. Imports value and none else of ours; no I/O, no threads.
 */
@NullMarked
package io.fengsui.protocol;

import org.jspecify.annotations.NullMarked;
