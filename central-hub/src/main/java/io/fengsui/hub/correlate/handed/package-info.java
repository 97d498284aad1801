/**
 * The way from the writer of an edge to the writer of tickets, when these are two: what correlation found is laid down in
 * the transaction of one and taken over in a transaction of the other.
 *
 * <p>In: what an {@link io.fengsui.hub.correlate.IncidentSink} is told. Out: the same, to the sink on the other side. Thread:
 * each side its shard's writer.
 */
@NullMarked
package io.fengsui.hub.correlate.handed;

import org.jspecify.annotations.NullMarked;
