/**
 * Tier 0: what the coded pictures' sizes say, without decoding anything.
 *
 * <p>Access units in, activity out. A fixed amount of memory a camera. Event loop of the camera. Imports bitstream only.
 */
@NullMarked
package io.fengsui.edge.gate.size;

import org.jspecify.annotations.NullMarked;
