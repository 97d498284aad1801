/**
 * Simulated network cameras: clips in, RTSP 1.0 (RFC 2326) with RTP over the same TCP connection (RFC 3550, RFC 6184) out, at
 * the pace of a real camera, with the oddities of real ones on request.
 *
 * <p>Everything of a connection runs on its Netty event loop; cameras are told from any thread. Must not import scenes, sensors or the
 * application.
 */
@NullMarked
package io.fengsui.fieldsim.camera;

import org.jspecify.annotations.NullMarked;
