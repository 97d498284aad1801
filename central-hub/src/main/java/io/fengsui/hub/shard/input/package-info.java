/**
 * What goes into a shard: its inputs, operators' commands and their outcomes, and the journal's form of each.
 *
 * <p>In: what {@code shard} takes from edges, operators and its own stages. Out: values and bytes. Thread: any; nothing
 * here has state. Must not import {@code shard} itself or its stages.
 */
@NullMarked
package io.fengsui.hub.shard.input;

import org.jspecify.annotations.NullMarked;
