/**
 * What is done about a damaged spool when the agent starts: each row is verified, a damaged record becomes a tombstone, and
 * where pages are gone what can still be read moves into a new file with a new epoch.
 *
 * <p>A locked store in, an open writer and a report out. Thread: the one that starts the agent. Must not import its parent.
 */
@NullMarked
package io.fengsui.edge.spool.repair;

import org.jspecify.annotations.NullMarked;
