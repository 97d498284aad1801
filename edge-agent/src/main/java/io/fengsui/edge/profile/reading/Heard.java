package io.fengsui.edge.profile.reading;

import io.fengsui.edge.profile.MessageShape;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message says. */
public sealed interface Heard {
    /** Who it is of; empty when the message does not tell. */
    String device();

    /** How far a value counts. */
    enum Standing {
        LIVE,
        /** Its time is wrong or older than it should be: it counts, but is marked. */
        UNCERTAIN,
        /** Of the past: no rule judges it. */
        LATE,
        /** The device is being tested: no rule judges it. */
        TEST,
        /** The broker kept it, and its age is not known: no rule judges it. */
        RETAINED
    }

    /**
     * A value in SI.
     *
     * @param measuredAt the device's own time; null when it gives none that can be believed
     * @param note for people: why it does not count fully; empty as a rule
     */
    record Measured(
            String device,
            String quantity,
            double value,
            String unit,
            Standing standing,
            @Nullable Instant measuredAt,
            String note)
            implements Heard {}

    /** Who comes and goes with a device. */
    enum Reach {
        ITSELF,
        /** All devices whose names begin with its own and a slash. */
        BELOW,
        /** All devices that speak below its base. */
        ALL
    }

    /**
     * The device, or a gateway, came or went.
     *
     * @param device a gateway's name is the topic that tells of it, but for its last level
     */
    record Presence(String device, boolean isOnline, Reach reach, String note) implements Heard {}

    /** The device said where and how it speaks. */
    record Learned(String device, String component, List<MessageShape> messages) implements Heard {
        public Learned {
            messages = List.copyOf(messages);
        }
    }

    /** Something to be said to the device. */
    @SuppressWarnings("ArrayRecordComponent") // published as it is; never compared
    record Ask(String device, String topic, byte[] payload, String why) implements Heard {}

    /** Something in the message that cannot be taken. */
    record Refused(String device, String reason) implements Heard {}

    /** A message that says nothing that was asked for. */
    record Nothing(String device, String reason) implements Heard {}
}
