package io.fengsui.edge.sensor;

import io.fengsui.edge.profile.Profile;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.time.Duration;
import java.time.ZoneId;

/**
 * A sensor and where its readings come from.
 *
 * @param subject household or object that it is tied to; may be empty
 * @param silentAfter no reading for this long means that it is silent; zero for never
 */
public record SensorSettings(
        String id, Name name, Place place, String subject, String broker, Feed feed, Duration silentAfter) {
    public SensorSettings {
        Checks.id("sensor", id);
        Checks.id("broker", broker);
        Checks.text("subject", subject);
    }

    /**
     * How its messages are found and read.
     *
     * @param base beginning of the topics; empty for the profile's own
     * @param device its name in topic or payload; empty when the profile needs none
     * @param zone of times without one
     */
    public record Feed(Profile profile, String base, String device, ZoneId zone) {
        /** Refuses base and device that do not make topics. */
        public Feed {
            Checks.text("base", base);
            Checks.text("device", device);
            if (profile.topics(base.isEmpty() ? profile.base() : base, device).isEmpty()) {
                throw new IllegalArgumentException("the profile '" + profile.id() + "' hears no topic");
            }
        }
    }
}
