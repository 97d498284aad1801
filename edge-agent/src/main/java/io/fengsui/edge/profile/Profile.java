package io.fengsui.edge.profile;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one sort of device speaks.
 *
 * @param base what {@code {base}} in its topics stands for, unless the sensor says otherwise
 * @param expireAfter no reading for this long: the device is silent, unless the sensor says otherwise; zero for never
 */
public record Profile(String id, Name name, String base, Duration expireAfter, List<MessageShape> messages) {
    /** Most sorts of messages. */
    public static final int MAX_MESSAGES = 32;

    public Profile {
        Checks.id("profile", id);
        messages = List.copyOf(messages);
        if (messages.isEmpty() || messages.size() > MAX_MESSAGES) {
            throw new IllegalArgumentException("a profile has 1 to " + MAX_MESSAGES + " messages");
        }
    }

    /** What it measures; empty when only the device itself can tell. */
    public Set<String> quantities() {
        Set<String> quantities = new TreeSet<>();
        messages.forEach(m -> m.readings().forEach(r -> quantities.add(r.quantity())));
        boolean isLearned =
                messages.stream().anyMatch(m -> m.envelope().format() == MessageShape.Format.HOME_ASSISTANT);
        return isLearned ? Set.of() : quantities;
    }

    /** How long after its last 1 a state is over, for those quantities that are never said to be 0. */
    public Map<String, Duration> offDelays() {
        Map<String, Duration> delays = new HashMap<>();
        for (MessageShape message : messages) {
            for (ReadingSpec reading : message.readings()) {
                if (reading.meaning() instanceof ReadingSpec.State state && state.offDelay() != null) {
                    delays.put(reading.quantity(), state.offDelay());
                }
            }
        }
        return delays;
    }

    /** Whether any of its topics names the device, so that a sensor of it needs a name. */
    public boolean wantsDevice() {
        return messages.stream()
                .anyMatch(m -> m.topic().text().contains("{device")
                        || m.who().device() != null
                        || m.envelope().each() != null
                                && m.envelope().each().text().contains("{device}")
                        || !m.who().template().equals("{device}"));
    }

    /** A profile's topics for one base and device, ready to be matched. The device is written out where it can be. */
    public List<TopicPattern> topics(String itsBase, String device) {
        return messages.stream().map(m -> bound(m, itsBase, device)).distinct().toList();
    }

    static TopicPattern bound(MessageShape message, String base, String device) {
        TopicPattern topic = message.topic().withBase(base);
        boolean isNamed =
                message.who().device() == null && message.who().template().equals("{device}");
        return isNamed && !device.isEmpty() ? topic.withDevice(device) : topic;
    }
}
