/**
 * Who did, saw and tried what: rows that are only ever added, each chained to the one before by its hash.
 *
 * <p>In: entries. Out: rows for {@link io.fengsui.hub.access.audit.AuditTable}. Pure. Imports nothing of the hub.
 */
@NullMarked
package io.fengsui.hub.access.audit;

import org.jspecify.annotations.NullMarked;
