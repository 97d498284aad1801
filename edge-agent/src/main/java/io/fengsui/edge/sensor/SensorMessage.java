package io.fengsui.edge.sensor;

import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;

/** What came from a sensor's topic: a reading, or a payload that is none. Acknowledged after the spool's commit. */
public sealed interface SensorMessage {
    /** Tells the broker that this message is on disk. Any thread, at most once; dropped when the connection is a new one. */
    Runnable acknowledgement();

    /**
     * A reading.
     *
     * @param isRetained the broker kept it from before: its age is not known
     */
    record SensorInput(Reading reading, boolean isRetained, Runnable acknowledgement) implements SensorMessage {}

    /**
     * A payload that is not what the mapping expects; kept for people.
     *
     * @param sensor empty when no sensor claims the topic
     * @param payload the first 4 KiB
     */
    @SuppressWarnings("ArrayRecordComponent") // kept as it came; never compared
    record QuarantinedPayload(
            String broker,
            String topic,
            String sensor,
            String reason,
            byte[] payload,
            Moment at,
            Runnable acknowledgement)
            implements SensorMessage {}
}
