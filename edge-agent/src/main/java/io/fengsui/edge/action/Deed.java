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

    /** Takes a picture of a camera, as an event of its own. */
    record Snapshot(String camera) implements Deed {
        public Snapshot {
            Checks.id("camera", camera);
        }
    }
}
