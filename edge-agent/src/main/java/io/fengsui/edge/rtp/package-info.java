/**
 * RTP reception (RFC 3550) and H.264 depacketizing (RFC 6184): packets in, whole access units in decode order out.
 *
 * <p>Bytes of RTP and RTCP packets in, access units and counts of what was wrong out. Confined to the event loop of the
 * stream; counters may be read from any thread. Must not import rtsp or later.
 */
@NullMarked
package io.fengsui.edge.rtp;

import org.jspecify.annotations.NullMarked;
