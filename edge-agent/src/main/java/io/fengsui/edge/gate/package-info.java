/**
 * Decides which access units are worth decoding. Pure decisions with a reason; in doubt it opens.
 *
 * <p>Access units in, looks out. Event loop of the camera. Must not import vision or later.
 */
@NullMarked
package io.fengsui.edge.gate;

import org.jspecify.annotations.NullMarked;
