/**
 * An RTSP client (RFC 2326) for cameras as they are: messages, session description, authentication, one session as a
 * state machine, over RTP interleaved in TCP. What cameras do wrong is met by named policies.
 *
 * <p>Settings in, access units and the reason of a session's end out. Event loop of the camera. Netty stays inside. Must
 * not import camera or later.
 */
@NullMarked
package io.fengsui.edge.rtsp;

import org.jspecify.annotations.NullMarked;
