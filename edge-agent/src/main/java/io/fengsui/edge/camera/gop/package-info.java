/**
 * Keeps each camera's current group of pictures, compressed, in one piece of memory outside the heap that has one budget
 * for all cameras.
 *
 * <p>Access units in, snapshots out: immutable, each with one owner who releases it. A buffer belongs to the event loop of
 * its camera; arena and snapshots are thread-safe. Must not import the rest of camera.
 */
@NullMarked
package io.fengsui.edge.camera.gop;

import org.jspecify.annotations.NullMarked;
