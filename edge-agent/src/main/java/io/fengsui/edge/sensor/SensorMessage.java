package io.fengsui.edge.sensor;

import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What came from a sensor's topic. Acknowledged after the spool's commit. */
public sealed interface SensorMessage {
    /** Characters of what was thrown that are kept. */
    int MAX_REASON = 200;

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
     * A payload that is not what the mapping expects, or what could not be decided; kept for people.
     *
     * @param broker empty, as the topic, where it is what was read of a message
     * @param sensor empty when no sensor claims the topic
     * @param payload the first 4 KiB; or in words what was read
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

    /** The same as something for people, since it could not be decided; the acknowledgement goes with it. */
    default QuarantinedPayload undecided(Throwable why) {
        String reason = "could not be decided: " + shortly(why);
        return switch (this) {
            case SensorInput(Reading reading, boolean isRetained, Runnable acknowledgement) -> {
                String words = reading.quantity()
                        + '='
                        + reading.value()
                        + ' '
                        + reading.unit()
                        + ' '
                        + reading.quality()
                        + (isRetained ? " retained" : "");
                yield inWords(reading.sensor(), reason, words, reading.at(), acknowledgement);
            }
            case PresenceWord word -> {
                String words = word.sensors()
                        + (word.isOnline() ? " online " : " offline ")
                        + word.gateway()
                        + ' '
                        + word.detail();
                yield inWords("", reason, words, word.at(), word.acknowledgement());
            }
            case QuarantinedPayload payload -> payload;
        };
    }

    private static QuarantinedPayload inWords(
            String sensor, String reason, String words, Moment at, Runnable acknowledgement) {
        return new QuarantinedPayload(
                "", "", sensor, reason, words.getBytes(StandardCharsets.UTF_8), at, acknowledgement);
    }

    /** What was thrown, in few words. */
    static String shortly(Throwable thrown) {
        String text = String.valueOf(thrown);
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON);
    }
}
