/**
 * The edge's spool alone: a process that writes without end and keeps its obligations in mind is killed, its disk fails, fills
 * up, loses power; its files are damaged.
 *
 * <p>An outcome a part out. Uses the spool as the agent does, and reads it only through the spool's own recovery.
 */
@NullMarked
package io.fengsui.benchmarks.chaos.spool;

import org.jspecify.annotations.NullMarked;
