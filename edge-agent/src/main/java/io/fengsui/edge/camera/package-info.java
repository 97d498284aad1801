/**
 * One source per camera: supervises its RTSP session, backoff and stream state; keeps the current group of pictures.
 *
 * <p>rtsp sessions in, access units and camera states out. Event loop of the camera. Must not import gate or later.
 */
@NullMarked
package io.fengsui.edge.camera;

import org.jspecify.annotations.NullMarked;
