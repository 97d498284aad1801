package io.fengsui.edge.profile.reading;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.edge.profile.MessageShape;
import io.fengsui.edge.profile.MessageShape.Envelope;
import io.fengsui.edge.profile.MessageShape.Format;
import io.fengsui.edge.profile.MessageShape.PresenceSpec;
import io.fengsui.edge.profile.MessageShape.Timing;
import io.fengsui.edge.profile.MessageShape.Who;
import io.fengsui.edge.profile.ReadingSpec;
import io.fengsui.edge.profile.ReadingSpec.Guard;
import io.fengsui.edge.profile.ReadingSpec.Meaning;
import io.fengsui.edge.profile.ReadingSpec.Measure;
import io.fengsui.edge.profile.ReadingSpec.State;
import io.fengsui.edge.profile.TopicPattern;
import io.fengsui.edge.profile.Unit;
import io.fengsui.edge.profile.ValueSource;
import io.fengsui.edge.profile.reading.Heard.Learned;
import io.fengsui.edge.profile.reading.Heard.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a discovery message of Home Assistant where a device speaks and what it measures: {@code binary_sensor} and
 * {@code sensor}, long and short keys. Of templates only {@code {{ value_json.path }}} and {@code {{ value }}} are taken;
 * any other is refused, as a guess would be worse than silence.
 */
final class HomeAssistant {
    private static final Pattern TEMPLATE =
            Pattern.compile("\\s*\\{\\{\\s*value_json((?:\\.[A-Za-z_][A-Za-z0-9_]*|\\[['\"][^'\"\\[\\]]+['\"]])+)\\s*"
                    + "(?:\\|\\s*(?:float|int)\\s*(?:\\(\\s*0?\\s*\\))?\\s*)?}}\\s*");
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\[['\"]([^'\"\\[\\]]+)['\"]]");
    private static final Pattern PLAIN = Pattern.compile("\\s*\\{\\{\\s*value\\s*}}\\s*");
    private static final int MAX_OFF_DELAY = 86_400;

    private static final Map<String, String> STATES = Map.of(
            "smoke", "smoke",
            "moisture", "leak",
            "gas", "gas",
            "carbon_monoxide", "carbon-monoxide",
            "motion", "motion",
            "occupancy", "occupancy",
            "door", "door",
            "problem", "problem",
            "tamper", "tamper",
            "battery", "battery-low");
    private static final Map<String, String> MEASURES = Map.of(
            "water", "volume",
            "volume", "volume",
            "distance", "level",
            "temperature", "temperature",
            "humidity", "humidity",
            "battery", "battery",
            "signal_strength", "signal",
            "gas", "gas-volume",
            "power", "power",
            "energy", "energy");
    private static final Map<String, Unit> UNITS = Map.ofEntries(
            Map.entry("m³", Unit.M3),
            Map.entry("L", Unit.L),
            Map.entry("m", Unit.M),
            Map.entry("cm", Unit.CM),
            Map.entry("mm", Unit.MM),
            Map.entry("°C", Unit.DEGC),
            Map.entry("°F", Unit.DEGF),
            Map.entry("%", Unit.PERCENT),
            Map.entry("dBm", Unit.DBM),
            Map.entry("W", Unit.W),
            Map.entry("kWh", Unit.KWH),
            Map.entry("V", Unit.V));

    private HomeAssistant() {}

    static Heard learn(String device, String component, Incoming message, DeviceMemory memory)
            throws BadMessageException {
        if (message.payload().length == 0) {
            return new Learned(device, component, List.of());
        }
        JsonNode root = memory.json(message);
        try {
            return new Learned(device, component, shapes(component, root));
        } catch (IllegalArgumentException e) {
            return new Refused(device, "discovery: " + e.getMessage());
        }
    }

    private static List<MessageShape> shapes(String component, JsonNode root) {
        String topic = expand(root, text(root, "state_topic", "stat_t"));
        if (topic.isEmpty()) {
            throw new IllegalArgumentException("no state_topic");
        }
        String template = text(root, "value_template", "val_tpl");
        ValueSource source = source(template);
        boolean isJson = !template.isEmpty() && !PLAIN.matcher(template).matches();
        String deviceClass = text(root, "device_class", "dev_cla");
        ReadingSpec reading = new ReadingSpec(
                quantity(component, deviceClass), source, meaning(component, deviceClass, root), Guard.NONE);
        List<MessageShape> shapes = new ArrayList<>();
        Envelope envelope = new Envelope(isJson ? Format.JSON : Format.TEXT, null, null, false);
        shapes.add(new MessageShape(
                new TopicPattern(topic), envelope, Who.BY_TOPIC, Timing.ARRIVAL, List.of(reading), null));
        availability(root).ifPresent(shapes::add);
        return shapes;
    }

    private static String quantity(String component, String deviceClass) {
        Map<String, String> known = switch (component) {
            case "binary_sensor" -> STATES;
            case "sensor" -> MEASURES;
            default -> throw new IllegalArgumentException("components of '" + component + "' measure nothing");
        };
        String quantity = known.get(deviceClass);
        if (quantity == null) {
            throw new IllegalArgumentException(
                    "device class '" + deviceClass + "' of a " + component + " is not one of "
                            + String.join(", ", known.keySet().stream().sorted().toList()));
        }
        return quantity;
    }

    private static Meaning meaning(String component, String deviceClass, JsonNode root) {
        if (component.equals("binary_sensor")) {
            String on = or(text(root, "payload_on", "pl_on"), "ON");
            String off = or(text(root, "payload_off", "pl_off"), "OFF");
            int delay = root.path("off_delay").asInt(root.path("off_dly").asInt(0));
            boolean isUsable = delay > 0 && delay <= MAX_OFF_DELAY;
            return new State(Set.of(on), Set.of(off), isUsable ? Duration.ofSeconds(delay) : null);
        }
        String unit = text(root, "unit_of_measurement", "unit_of_meas");
        Unit in = UNITS.get(unit);
        if (in == null) {
            throw new IllegalArgumentException("the unit '" + unit + "' is not known");
        }
        boolean isCounter = text(root, "state_class", "stat_cla").equals("total_increasing");
        double min = isCounter || deviceClass.equals("water") ? 0 : Double.NEGATIVE_INFINITY;
        return new Measure(in, 1, min, Double.POSITIVE_INFINITY, isCounter);
    }

    private static ValueSource source(String template) {
        if (template.isEmpty() || PLAIN.matcher(template).matches()) {
            return new ValueSource.At(JsonPointer.empty(), false);
        }
        Matcher matcher = TEMPLATE.matcher(template);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "only '{{ value_json.path }}' and '{{ value }}' are taken as value_template");
        }
        StringBuilder pointer = new StringBuilder();
        Matcher steps = STEP.matcher(matcher.group(1));
        while (steps.find()) {
            String step = steps.group(1) == null ? steps.group(2) : steps.group(1);
            pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
        }
        return new ValueSource.At(JsonPointer.compile(pointer.toString()), false);
    }

    private static Optional<MessageShape> availability(JsonNode root) {
        JsonNode list = root.has("availability") ? root.path("availability") : root.path("avty");
        boolean isListed = list.isArray() && !list.isEmpty();
        JsonNode first = isListed ? list.get(0) : root;
        String topic = expand(root, isListed ? text(first, "topic", "t") : text(root, "availability_topic", "avty_t"));
        if (topic.isEmpty()) {
            return Optional.empty();
        }
        String online = or(text(first, "payload_available", "pl_avail"), "online");
        String offline = or(text(first, "payload_not_available", "pl_not_avail"), "offline");
        ValueSource source = source(text(first, "value_template", "val_tpl"));
        boolean isJson = source instanceof ValueSource.At at && !at.pointer().matches();
        PresenceSpec presence = new PresenceSpec(
                source, Set.of(online.toLowerCase(Locale.ROOT)), Set.of(offline.toLowerCase(Locale.ROOT)), false);
        Envelope envelope = new Envelope(isJson ? Format.JSON : Format.TEXT, null, null, true);
        return Optional.of(
                new MessageShape(new TopicPattern(topic), envelope, Who.BY_TOPIC, Timing.ARRIVAL, List.of(), presence));
    }

    /** {@code ~} at either end of a topic is the base topic. */
    private static String expand(JsonNode root, String topic) {
        String base = root.path("~").asText("");
        if (topic.startsWith("~")) {
            return base + topic.substring(1);
        }
        return topic.endsWith("~") ? topic.substring(0, topic.length() - 1) + base : topic;
    }

    private static String or(String given, String absent) {
        return given.isEmpty() ? absent : given;
    }

    private static String text(JsonNode node, String longKey, String shortKey) {
        JsonNode found = node.has(longKey) ? node.get(longKey) : node.get(shortKey);
        return asText(found);
    }

    private static String asText(@Nullable JsonNode node) {
        return node == null || node.isNull() ? "" : node.asText("");
    }
}
