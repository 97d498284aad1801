/**
 * Events being made: the book of open ones, the memory of the rules' states, and the slot that carries both down the
 * flow.
 *
 * <p>What rules find and what health notices in, events and state changes out. Thread {@code decide}. Must not import
 * decide.health or its parent.
 */
@NullMarked
package io.fengsui.edge.decide.event;

import org.jspecify.annotations.NullMarked;
