/**
 * RTSP on the wire (RFC 2326): messages and their headers, the session description (RFC 4566), and the decoder that cuts
 * both messages and interleaved packets from a TCP stream. Every size from outside has a cap.
 *
 * <p>Bytes and header values in, messages and their values out. Holds no session; called on the event loop of the
 * camera. Must not import its parent, which has the dialogue.
 */
@NullMarked
package io.fengsui.edge.rtsp.message;

import org.jspecify.annotations.NullMarked;
