/**
 * What went into a shard, in order: read it, and go through it again.
 *
 * <p>In: committed journal entries. Out: the same inputs, once more, to a shard's stages. Thread: the caller's. Imports
 * {@code shard} and what stands before it.
 */
@NullMarked
package io.fengsui.hub.journal;

import org.jspecify.annotations.NullMarked;
