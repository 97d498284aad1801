/**
 * Syntax of H.264 and H.265 bitstreams (ITU-T H.264, H.265): NAL units, parameter sets, slice types, access units. No I/O.
 *
 * <p>Bytes in, values out. Any thread. Imports none of ours.
 */
@NullMarked
package io.fengsui.edge.bitstream;

import org.jspecify.annotations.NullMarked;
