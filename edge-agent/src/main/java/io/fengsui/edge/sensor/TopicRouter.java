package io.fengsui.edge.sensor;

import io.fengsui.edge.profile.MessageShape;
import io.fengsui.edge.profile.Profile;
import io.fengsui.edge.profile.reading.DeviceMemory;
import io.fengsui.edge.profile.reading.Heard;
import io.fengsui.edge.profile.reading.Incoming;
import io.fengsui.edge.profile.reading.ProfileMapper;
import io.fengsui.edge.profile.reading.ProfileMapper.Bound;
import io.fengsui.runtime.Seldom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of one MQTT message what the sensors of a broker say in it. Sensors of one profile and base are asked together and
 * told apart by the device's name. What a device says of itself (discovery) is learned. Confined to the broker's thread.
 */
final class TopicRouter {
    private static final Logger LOG = LoggerFactory.getLogger(TopicRouter.class);

    private final Seldom seldom = new Seldom();
    private final String broker;
    private final DeviceMemory memory;
    private final ProfileMapper mapper;
    private final List<Group> groups;
    private final Map<String, Group> byTopic;
    private final List<Group> varying;

    /** What devices said of themselves, by sensor and component. */
    private final Map<String, Learned> learned;

    /** Sensors that one reading of a message serves, by the device's name. */
    private static final class Group {
        private final Bound bound;
        private final ZoneId zone;
        private final Map<String, List<SensorSettings>> devices;

        Group(Bound bound, ZoneId zone, Map<String, List<SensorSettings>> devices) {
            this.bound = bound;
            this.zone = zone;
            this.devices = devices;
        }

        Bound bound() {
            return bound;
        }

        ZoneId zone() {
            return zone;
        }

        Map<String, List<SensorSettings>> devices() {
            return devices;
        }
    }

    private record Learned(String sensor, Group group) {}

    private record Key(Profile profile, String base, ZoneId zone) {}

    /**
     * What a message gave.
     *
     * @param hasNewTopics whether the filters have changed
     */
    record Routed(List<SensorMessage> messages, List<Heard.Ask> asks, boolean hasNewTopics) {}

    TopicRouter(String broker, List<SensorSettings> sensors) {
        this(broker, sensors, new DeviceMemory(), new LinkedHashMap<>());
    }

    private TopicRouter(
            String broker, List<SensorSettings> sensors, DeviceMemory memory, Map<String, Learned> learned) {
        this.broker = broker;
        this.memory = memory;
        this.mapper = new ProfileMapper(memory);
        this.learned = learned;
        Map<Key, Group> made = new LinkedHashMap<>();
        for (SensorSettings sensor : sensors) {
            SensorSettings.Feed feed = sensor.feed();
            Key key = new Key(feed.profile(), feed.base(), feed.zone());
            made.computeIfAbsent(key, k -> new Group(new Bound(k.profile(), k.base()), k.zone(), new HashMap<>()))
                    .devices()
                    .computeIfAbsent(feed.device(), _ -> new ArrayList<>())
                    .add(sensor);
        }
        this.groups = List.copyOf(made.values());
        this.byTopic = new HashMap<>();
        this.varying = new ArrayList<>();
        for (Group group : groups) {
            List<String> plain = group.bound().plainTopics();
            plain.forEach(topic -> byTopic.putIfAbsent(topic, group));
            boolean isAlone = !plain.isEmpty() && plain.stream().allMatch(t -> group.equals(byTopic.get(t)));
            if (!isAlone) {
                varying.add(group);
            }
        }
    }

    /** The same for other sensors; what is remembered of devices stays. */
    TopicRouter with(List<SensorSettings> others) {
        Map<String, Learned> kept = new LinkedHashMap<>(learned);
        kept.values().removeIf(l -> others.stream().noneMatch(s -> s.id().equals(l.sensor())));
        return new TopicRouter(broker, others, memory, kept);
    }

    /** All that must be subscribed to. */
    Set<String> filters() {
        Set<String> filters = new LinkedHashSet<>();
        for (Group group : groups) {
            group.devices()
                    .keySet()
                    .forEach(device -> filters.addAll(group.bound().filters(device)));
        }
        learned.values().forEach(l -> filters.addAll(l.group().bound().filters("")));
        return filters;
    }

    /** What cannot be read for a fault of ours is kept for people too: the broker would send it again for ever. */
    Routed route(Arrived message, Runnable acknowledgement) {
        try {
            return read(message, acknowledgement);
        } catch (RuntimeException | Error e) {
            if (seldom.isDue(e.getClass().getName(), message.at().steadyNanos())) {
                LOG.error("a message on {} could not be read broker={}", message.topic(), broker, e);
            }
            return new Interpretation(broker, message).unreadable(e, acknowledgement);
        }
    }

    private Routed read(Arrived message, Runnable acknowledgement) {
        Incoming shown = null;
        Interpretation found = new Interpretation(broker, message);
        boolean isClaimed = false;
        boolean hasNewTopics = false;
        for (Group group : claiming(message.topic())) {
            if (shown == null || !shown.zone().equals(group.zone())) {
                shown = new Incoming(
                        message.topic(),
                        message.payload(),
                        message.isRetained(),
                        message.at().wall(),
                        group.zone());
            }
            List<Heard> heard = mapper.hear(group.bound(), shown);
            isClaimed |= !heard.isEmpty();
            for (Heard one : heard) {
                if (one instanceof Heard.Learned lesson) {
                    hasNewTopics |= learn(lesson, group);
                } else {
                    found.take(one, group.devices());
                }
            }
        }
        return found.routed(isClaimed, acknowledgement, hasNewTopics);
    }

    private List<Group> claiming(String topic) {
        List<Group> claiming = new ArrayList<>();
        Group exact = byTopic.get(topic);
        if (exact != null) {
            claiming.add(exact);
        }
        for (Group group : varying) {
            if (!group.equals(exact) && group.bound().takes(topic)) {
                claiming.add(group);
            }
        }
        for (Learned lesson : learned.values()) {
            if (lesson.group().bound().takes(topic)) {
                claiming.add(lesson.group());
            }
        }
        return claiming;
    }

    /** Returns whether there are other topics now. A device that no sensor is configured for is passed over. */
    private boolean learn(Heard.Learned lesson, Group from) {
        boolean isChanged = false;
        for (SensorSettings sensor : from.devices().getOrDefault(lesson.device(), List.of())) {
            String key = sensor.id() + "/" + lesson.component();
            Learned before = learned.remove(key);
            Profile profile = lesson.messages().isEmpty() ? null : profileOf(sensor, lesson.messages());
            if (profile != null) {
                Map<String, List<SensorSettings>> devices = new TreeMap<>(Map.of("", List.of(sensor)));
                learned.put(key, new Learned(sensor.id(), new Group(new Bound(profile, ""), from.zone(), devices)));
            }
            isChanged |= before == null
                    ? profile != null
                    : profile == null || !before.group().bound().profile().equals(profile);
        }
        return isChanged;
    }

    private static Profile profileOf(SensorSettings sensor, List<MessageShape> messages) {
        return new Profile("learned." + sensor.id(), sensor.name(), "", Duration.ZERO, messages);
    }
}
