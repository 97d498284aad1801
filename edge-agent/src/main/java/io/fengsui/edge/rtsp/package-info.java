/**
 * An RTSP client (RFC 2326) for cameras as they are: authentication, the dialogue and its keepalive, one session as a
 * state machine, over RTP interleaved in TCP or in UDP. What cameras do wrong is met by named policies.
 *
 * <p>Settings in, access units and the reason of a session's end out. Event loop of the camera. {@code message} has the
 * words, {@code net} the loops and ports. Netty stays inside. Must not import camera or later.
 */
@NullMarked
package io.fengsui.edge.rtsp;

import org.jspecify.annotations.NullMarked;
