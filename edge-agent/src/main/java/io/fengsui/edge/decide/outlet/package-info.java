/**
 * Where decisions go: the disk, the makers of pictures, local actions, recordings. Each end owns one small interface here.
 *
 * <p>Slots, requests and events in, nothing out. Called on {@code decide} only. Must not import its parent.
 */
@NullMarked
package io.fengsui.edge.decide.outlet;

import org.jspecify.annotations.NullMarked;
