/**
 * The second stage of correlation, over incidents of all sites: what is one thing told by several, what follows from
 * something larger, what flaps, storms or is being worked on. Nothing is thrown away: an incident gets a ticket of its
 * own, joins another's, or is held back until then, each with a reason.
 *
 * <p>In: {@link io.fengsui.hub.correlate.Correlation}s. Out: the same, with the ticket that they belong to. {@link
 * io.fengsui.hub.correlate.gather.GatherDecider} is pure. Thread: the shard's writer. Must not import {@code ticket}.
 */
@NullMarked
package io.fengsui.hub.correlate.gather;

import org.jspecify.annotations.NullMarked;
