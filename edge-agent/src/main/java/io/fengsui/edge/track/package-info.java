/**
 * Follows objects from picture to picture. Pure: state and picture in, state out; time is the arrival of pictures.
 *
 * <p>Detections in, confirmed tracks out. Called on {@code decide}. Must not import sensor, decide or later.
 */
@NullMarked
package io.fengsui.edge.track;

import org.jspecify.annotations.NullMarked;
