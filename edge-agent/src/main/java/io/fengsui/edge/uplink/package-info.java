/**
 * The conversation with the hub: one stream for records, acknowledgements, heartbeats and orders, and a connection of its
 * own for pictures, so that they never delay an event.
 *
 * <p>Committed records in, acknowledgements to the spool out; orders and questions to a handler. Thread {@code uplink}
 * does everything here, gRPC's callbacks with it. gRPC only here and in {@code ops}. Must not import action or later.
 *
 * <p>A record that is sent again, however late, is sent as the same bytes: that it is late the hub sees by comparing
 * {@code occurred} with its own clock, and its late policy decides.
 */
@NullMarked
package io.fengsui.edge.uplink;

import org.jspecify.annotations.NullMarked;
