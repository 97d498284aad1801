/**
 * Pictures and clips: files by hash, and rows that say what became of each.
 *
 * <p>In: chunks from {@code intake}, events that promise evidence. Out: files, rows, pictures for tickets. Thread: files
 * on whatever thread carries the upload, {@link io.fengsui.hub.evidence.EvidenceDesk} on the shard's writer. Imports
 * {@code ticket} and what stands before it.
 */
@NullMarked
package io.fengsui.hub.evidence;

import org.jspecify.annotations.NullMarked;
