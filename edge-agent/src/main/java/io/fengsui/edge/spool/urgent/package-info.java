/**
 * What is urgent and not on disk yet: watched from its decision on, and told from memory when the disk takes it too late or not
 * at all.
 *
 * <p>Events in, copies marked {@code volatile} out, to whoever sends them. Any thread, thread {@code spool-watch}. Must not import
 * its parent.
 */
@NullMarked
package io.fengsui.edge.spool.urgent;

import org.jspecify.annotations.NullMarked;
