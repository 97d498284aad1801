package io.fengsui.edge.sensor;

import io.fengsui.protocol.value.Moment;

/**
 * A message as it came.
 *
 * @param packetId for the acknowledgement; 0 when none is due (QoS 0)
 * @param payload at most {@link #MAX_PAYLOAD} bytes and one: a longer one was cut
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it came; never compared
public record Arrived(String topic, byte[] payload, int packetId, boolean isRetained, Moment at) {
    /** Largest payload that is looked at. */
    public static final int MAX_PAYLOAD = 256 << 10;
}
