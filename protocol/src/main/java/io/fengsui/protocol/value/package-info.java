/**
 * The values events are made of: times, places, names, boxes, readings, hashes, and the checks they share.
 *
 * <p>Immutable records that reject what cannot be. Imports none of ours; no I/O, no threads.
 */
@NullMarked
package io.fengsui.protocol.value;

import org.jspecify.annotations.NullMarked;
