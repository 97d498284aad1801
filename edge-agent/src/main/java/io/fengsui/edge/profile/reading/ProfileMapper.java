package io.fengsui.edge.profile.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fengsui.edge.profile.ItemPath;
import io.fengsui.edge.profile.MessageShape;
import io.fengsui.edge.profile.MessageShape.PresenceSpec;
import io.fengsui.edge.profile.Profile;
import io.fengsui.edge.profile.TopicPattern;
import io.fengsui.edge.profile.reading.Heard.Nothing;
import io.fengsui.edge.profile.reading.Heard.Presence;
import io.fengsui.edge.profile.reading.Heard.Reach;
import io.fengsui.edge.profile.reading.Heard.Refused;
import io.fengsui.protocol.value.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of a message what a profile hears in it. Pure but for its memory of the devices; confined to the broker's thread.
 */
public final class ProfileMapper {
    private final DeviceMemory memory;

    public ProfileMapper(DeviceMemory memory) {
        this.memory = memory;
    }

    /** A profile with its topics made for one base. Immutable. */
    public static final class Bound {
        private final Profile profile;
        private final String base;
        private final List<TopicPattern> topics;

        public Bound(Profile profile, String base) {
            this.profile = profile;
            this.base = base.isEmpty() ? profile.base() : base;
            this.topics = profile.messages().stream()
                    .map(m -> m.topic().withBase(this.base))
                    .toList();
        }

        public Profile profile() {
            return profile;
        }

        /** Filters to subscribe to for one device. */
        public List<String> filters(String device) {
            return profile.topics(base, device).stream()
                    .map(TopicPattern::filter)
                    .distinct()
                    .toList();
        }

        /** A topic on which its first message could come. */
        public String exampleTopic() {
            return topics.getFirst()
                    .text()
                    .replaceAll("[{}]|\\.\\.\\.", "")
                    .replace("+", "x")
                    .replace("#", "x");
        }

        /** Its topics, when none of them varies; else none. */
        public List<String> plainTopics() {
            boolean isPlain = topics.stream().allMatch(TopicPattern::isPlain);
            return isPlain ? topics.stream().map(TopicPattern::text).toList() : List.of();
        }

        /** Whether any of its messages come on a topic. */
        public boolean takes(String topic) {
            List<String> levels = TopicPattern.levels(topic);
            return topics.stream().anyMatch(pattern -> pattern.match(levels).isPresent());
        }
    }

    /** What is in a message for a profile; empty when its topic is none of the profile's. */
    public List<Heard> hear(Bound bound, Incoming message) {
        List<String> levels = message.levels();
        if (message.topic().length() > TopicPattern.MAX_LENGTH || levels.size() > TopicPattern.MAX_LEVELS) {
            return List.of(new Refused(
                    "",
                    "the topic is longer than " + TopicPattern.MAX_LENGTH + " characters or " + TopicPattern.MAX_LEVELS
                            + " levels"));
        }
        List<Heard> heard = new ArrayList<>();
        List<Heard> unreadable = new ArrayList<>();
        for (int i = 0; i < bound.topics.size(); i++) {
            MessageShape shape = bound.profile.messages().get(i);
            Optional<Map<String, String>> names = bound.topics.get(i).match(levels);
            if (names.isPresent()) {
                read(shape, names.get(), message, heard, unreadable);
            }
        }
        boolean isSaid = heard.stream().anyMatch(h -> !(h instanceof Nothing));
        if (isSaid) {
            heard.removeIf(Nothing.class::isInstance);
            return List.copyOf(heard);
        }
        // Another shape of the same topic may be written otherwise: only when none could read it, that is told.
        return List.copyOf(unreadable.isEmpty() ? heard : unreadable.subList(0, 1));
    }

    private void read(
            MessageShape shape,
            Map<String, String> names,
            Incoming message,
            List<Heard> heard,
            List<Heard> unreadable) {
        String device = device(shape, names);
        try {
            heard.addAll(
                    switch (shape.envelope().format()) {
                        case JSON -> items(shape, device, message, memory.json(message));
                        case TEXT -> items(shape, device, message, memory.text(message));
                        case XML -> items(shape, device, message, memory.xml(message));
                        case SPARKPLUG -> sparkplug(shape, names, device, message);
                        case HOME_ASSISTANT ->
                            List.of(HomeAssistant.learn(device, names.getOrDefault("component", ""), message, memory));
                    });
        } catch (BadMessageException e) {
            unreadable.add(new Refused(device, String.valueOf(e.getMessage())));
        }
    }

    private List<Heard> sparkplug(MessageShape shape, Map<String, String> names, String device, Incoming message)
            throws BadMessageException {
        Optional<SparkplugReading.View> view = memory.sparkplug(names, message);
        if (view.isEmpty()) {
            return List.of(new Nothing(device, "not of a device"));
        }
        List<Heard> heard = new ArrayList<>(view.get().beside());
        heard.addAll(items(shape, device, message, view.get().root()));
        return heard;
    }

    private static String device(MessageShape shape, Map<String, String> names) {
        String device = shape.who().template();
        for (Map.Entry<String, String> name : names.entrySet()) {
            device = device.replace("{" + name.getKey() + "}", name.getValue());
        }
        return device.contains("{") ? "" : device;
    }

    private List<Heard> items(MessageShape shape, String device, Incoming message, JsonNode root) {
        ItemContext whole = new ItemContext(message, device, root, root);
        if (shape.envelope().when() != null && !whole.isTrue(shape.envelope().when())) {
            return List.of(new Nothing(device, "a message of another sort"));
        }
        List<Heard> heard = new ArrayList<>();
        ItemPath each = shape.envelope().each();
        if (each == null) {
            heard.addAll(item(shape, whole));
        } else {
            for (ItemPath.Item item : each.items(root)) {
                String its = item.device().isEmpty() ? device : item.device();
                heard.addAll(item(shape, new ItemContext(message, its, root, item.node())));
            }
        }
        return heard;
    }

    private List<Heard> item(MessageShape shape, ItemContext given) {
        ItemContext item = given;
        if (shape.who().device() != null) {
            JsonNode named = item.at(shape.who().device());
            if (!named.isValueNode() || named.isNull() || named.asText().isEmpty()) {
                return List.of(
                        new Refused("", "no name of a device at '" + shape.who().device() + "'"));
            }
            item = given.of(named.asText());
        }
        String device = item.device();
        if (device.length() > Checks.MAX_ID) {
            return List.of(new Refused("", "the name of the device is longer than " + Checks.MAX_ID + " characters"));
        }
        String fault = fault(shape, item);
        if (!fault.isEmpty()) {
            return List.of(new Refused(device, fault));
        }
        if (shape.who().dedup() != null) {
            String id = item.root().at(shape.who().dedup()).asText("");
            if (!id.isEmpty() && memory.wasSeen(shape.topic().text() + "\n" + device + "\n" + id)) {
                return List.of(new Nothing(device, "came already"));
            }
        }
        PresenceSpec presence = shape.presence();
        List<Heard> heard = new ArrayList<>(new ItemReading(shape, item, memory).read());
        if (presence != null) {
            heard.add(presence(presence, item));
        }
        return heard.isEmpty() ? List.of(new Nothing(device, "nothing of this profile in it")) : heard;
    }

    private static String fault(MessageShape shape, ItemContext item) {
        if (shape.who().same() == null) {
            return "";
        }
        JsonNode said = item.root().at(shape.who().same());
        boolean isSame = said instanceof MissingNode || said.asText().equalsIgnoreCase(item.device());
        return isSame ? "" : "the payload speaks of another device than its topic";
    }

    private static Heard presence(PresenceSpec presence, ItemContext item) {
        JsonNode node = item.at(presence.source());
        String said = node.isValueNode() ? node.asText().strip().toLowerCase(Locale.ROOT) : "";
        boolean isOnline = presence.online().contains(said);
        if (isOnline || presence.offline().contains(said)) {
            String topic = item.message().topic();
            return presence.isGateway()
                    ? new Presence(topic.substring(0, Math.max(0, topic.lastIndexOf('/'))), isOnline, Reach.ALL, said)
                    : new Presence(item.device(), isOnline, Reach.ITSELF, said);
        }
        return new Refused(item.device(), "neither online nor offline at '" + presence.source() + "'");
    }
}
