/**
 * What sessions run on: the event loops that cameras share, and pairs of UDP ports for RTP and RTCP.
 *
 * <p>A share of the loops in, a loop for each camera out. Threads {@code net-n}. Must not import its parent.
 */
@NullMarked
package io.fengsui.edge.rtsp.net;

import org.jspecify.annotations.NullMarked;
