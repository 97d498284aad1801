/**
 * Asks the boxes whether the thing is still there before a step that ends a ticket.
 *
 * <p>In: commands of people. Out: the same commands with what was found, to the next desk. Thread: whoever gives the
 * command, and blocks for some seconds. Imports {@code protocol.link} and queries; knows the boxes by
 * {@link io.fengsui.hub.console.presence.PresenceCheck.Boxes} only.
 */
@NullMarked
package io.fengsui.hub.console.presence;

import org.jspecify.annotations.NullMarked;
