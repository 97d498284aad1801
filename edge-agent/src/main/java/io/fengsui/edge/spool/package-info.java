/**
 * The durable queue towards the hub, in SQLite: two lanes of records, rule state, open events, quarantined payloads and
 * what became of evidence, committed together. Acknowledged is a subset of committed.
 *
 * <p>Slots in, records by position out. Thread {@code ring-spool} writes, on one connection; readers have a connection
 * each. {@code store} has the file itself. {@code java.sql} only here and in {@code record}. Must not import evidence or
 * later.
 */
@NullMarked
package io.fengsui.edge.spool;

import org.jspecify.annotations.NullMarked;
