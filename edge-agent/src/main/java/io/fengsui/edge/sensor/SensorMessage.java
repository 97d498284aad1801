package io.fengsui.edge.sensor;

import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import java.util.List;

/** What came from a sensor's topic. Acknowledged after the spool's commit. */
public sealed interface SensorMessage {
    /** Tells the broker that this message is on disk. Any thread, at most once; dropped when the connection is a new one. */
    Runnable acknowledgement();

    /**
     * A reading. One that no rule may judge (history, a test, a value of unknown age) is of bad quality.
     *
     * @param isRetained the broker kept it from before: its age is not known
     */
    record SensorInput(Reading reading, boolean isRetained, Runnable acknowledgement) implements SensorMessage {}

    /**
     * Sensors came or went, by their own will or their gateway's.
     *
     * @param gateway whose word it is; empty for a sensor's own
     */
    record PresenceWord(
            List<String> sensors, boolean isOnline, String gateway, String detail, Moment at, Runnable acknowledgement)
            implements SensorMessage {
        public PresenceWord {
            sensors = List.copyOf(sensors);
        }
    }

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
