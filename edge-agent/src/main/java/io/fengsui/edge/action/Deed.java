package io.fengsui.edge.action;

import io.fengsui.protocol.value.Checks;
import io.fengsui.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What an action does. */
public sealed interface Deed {
    /**
     * Says a text on a topic: a loudspeaker, a siren, a relay.
     *
     * @param confirmTopic on which the device says that it did; empty for the broker's word alone
     * @param confirmWithin how long it has for that
     */
    record Publish(String broker, String topic, String confirmTopic, Duration confirmWithin) implements Deed {
        public Publish {
            Checks.id("broker", broker);
            Checks.id("topic", topic);
            Checks.text("confirm topic", confirmTopic);
            if (topic.contains("+")
                    || topic.contains("#")
                    || confirmTopic.contains("+")
                    || confirmTopic.contains("#")) {
                throw new IllegalArgumentException("an action publishes to one topic, without + and #");
            }
        }
    }

    /**
     * Posts the text and what the event says as JSON.
     *
     * @param token sent as a bearer token; empty for none
     */
    record Call(URI uri, Optional<Secret> token) implements Deed {}

    /**
     * Looks at a camera more often for a while, then as before by itself.
     *
     * @param perSecond pictures that are looked at, at most
     */
    record FrameRate(String camera, int perSecond, Duration time) implements Deed {
        /** Most pictures a second: what a detector of a small box can look at. */
        public static final int MOST = 15;

        public static final Duration SHORTEST = Duration.ofSeconds(5);
        public static final Duration LONGEST = Duration.ofMinutes(30);

        public FrameRate {
            Checks.id("camera", camera);
            if (perSecond < 1 || perSecond > MOST) {
                throw new IllegalArgumentException("a frame rate is 1 to " + MOST + " a second, not " + perSecond);
            }
            if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a frame rate is raised for 5 s to 30 min, not " + time);
            }
        }
    }

    /** Takes a picture of a camera, as an event of its own. */
    record Snapshot(String camera) implements Deed {
        public Snapshot {
            Checks.id("camera", camera);
        }
    }
}
