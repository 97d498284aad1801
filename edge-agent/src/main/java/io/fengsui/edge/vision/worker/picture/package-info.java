/**
 * Pictures from access units: decoding, scaling, and painting what was found into a snapshot. FFmpeg and OpenCV are
 * called here.
 *
 * <p>Access units in, pictures and JPEG out. Threads {@code infer-n}; whoever opens native memory closes it. Must not
 * import worker.detect or its parent.
 */
@NullMarked
package io.fengsui.edge.vision.worker.picture;

import org.jspecify.annotations.NullMarked;
