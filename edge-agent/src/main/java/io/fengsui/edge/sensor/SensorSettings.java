package io.fengsui.edge.sensor;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import java.time.Duration;

/**
 * A sensor and where its readings come from.
 *
 * @param subject household or object that it is tied to; may be empty
 * @param topic MQTT topic filter; {@code +} and {@code #} are allowed
 * @param quantity what it measures: smoke, leak, button, level, volume …
 * @param silentAfter no reading for this long means that it is silent; zero for never
 */
public record SensorSettings(
        String id,
        Name name,
        Place place,
        String subject,
        String broker,
        String topic,
        String quantity,
        PayloadMapping mapping,
        Duration silentAfter) {
    public SensorSettings {
        Checks.id("sensor", id);
        Checks.id("broker", broker);
        Checks.id("topic", topic);
        Checks.id("quantity", quantity);
        Checks.text("subject", subject);
    }
}
