package io.fengsui.edge.profile;

import com.fasterxml.jackson.core.JsonPointer;
import io.fengsui.rules.condition.Expression;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One sort of message of a device: on which topics, how it is written, whose it is and what it says. */
public record MessageShape(
        TopicPattern topic,
        Envelope envelope,
        Who who,
        Timing timing,
        List<ReadingSpec> readings,
        @Nullable PresenceSpec presence) {
    /** Most readings of one message. */
    public static final int MAX_READINGS = 64;

    public MessageShape {
        readings = List.copyOf(readings);
        if (readings.size() > MAX_READINGS) {
            throw new IllegalArgumentException("a message has at most " + MAX_READINGS + " readings");
        }
    }

    /** How a payload is written. */
    public enum Format {
        JSON,
        TEXT,
        /** As JSON: the names of elements in the root are the keys. */
        XML,
        /** Eclipse Sparkplug B, in protobuf or in its JSON form. */
        SPARKPLUG,
        /** A discovery message of Home Assistant, which says where and how the device speaks. */
        HOME_ASSISTANT
    }

    /**
     * How the message is written.
     *
     * @param when it is one of this sort only if this is true; null for always
     * @param each where the items stand that are read one by one, with {@code *} for all of a list or object and
     *     {@code {device}} for the keys of an object; null when it is read as a whole
     * @param takesRetained whether a value that the broker kept counts
     */
    public record Envelope(
            Format format,
            @Nullable Expression when,
            @Nullable ItemPath each,
            boolean takesRetained) {
        public static final Envelope JSON = new Envelope(Format.JSON, null, null, true);
    }

    /**
     * Whose message it is.
     *
     * @param device where the payload says it; null when the topic does
     * @param template of the device's name by the names in the topic, {@code {device}} as a rule
     * @param same must be the same as the device's name, so that nobody speaks for another; null for no check
     * @param dedup where the message's own id stands: one that came already is passed over; null for none
     */
    public record Who(
            @Nullable ValueSource device,
            String template,
            @Nullable JsonPointer same,
            @Nullable JsonPointer dedup) {
        public static final Who BY_TOPIC = new Who(null, "{device}", null, null);
    }

    /**
     * When it was measured.
     *
     * @param isHistory it tells of the past: what is older than the time's maximal age is late and judged by no rule
     * @param test true while the device is being tested: judged by no rule; null for never
     */
    public record Timing(
            @Nullable TimeField time,
            boolean isHistory,
            @Nullable Expression test) {
        public static final Timing ARRIVAL = new Timing(null, false, null);
    }

    /**
     * Whether the device is there: the will of its session, or a word of its gateway.
     *
     * @param isGateway it tells of what all devices of this base come through, and not of one of them
     */
    public record PresenceSpec(ValueSource source, Set<String> online, Set<String> offline, boolean isGateway) {
        public PresenceSpec {
            online = Set.copyOf(online);
            offline = Set.copyOf(offline);
        }
    }
}
