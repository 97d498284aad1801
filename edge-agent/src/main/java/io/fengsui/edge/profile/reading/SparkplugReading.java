package io.fengsui.edge.profile.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.edge.profile.reading.Heard.Ask;
import io.fengsui.edge.profile.reading.Heard.Presence;
import io.fengsui.edge.profile.reading.Heard.Reach;
import io.fengsui.edge.profile.sparkplug.SparkplugNodes;
import io.fengsui.edge.profile.sparkplug.SparkplugNodes.Change;
import io.fengsui.edge.profile.sparkplug.SparkplugNodes.Verb;
import io.fengsui.edge.profile.sparkplug.SparkplugPayload;
import io.fengsui.edge.profile.sparkplug.SparkplugPayload.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages of Sparkplug as JSON: {@code {"timestamp":…,"seq":…,"metrics":{NAME:{"value":…,"timestamp":…}}}}. The topic
 * names {@code group}, {@code verb}, {@code node} and, for a device, {@code leaf}.
 */
final class SparkplugReading {
    private SparkplugReading() {}

    /** The message as JSON, and what else it says. */
    record View(JsonNode root, List<Heard> beside) {}

    /** Empty for a message that tells of no device, such as a command. */
    static Optional<View> read(SparkplugNodes nodes, Map<String, String> names, Incoming message)
            throws BadMessageException {
        Optional<Verb> verb = Verb.of(names.getOrDefault("verb", ""));
        if (verb.isEmpty()) {
            return Optional.empty();
        }
        String group = names.getOrDefault("group", "");
        String node = group + "/" + names.getOrDefault("node", "");
        String leaf = names.getOrDefault("leaf", "");
        SparkplugNodes.Outcome outcome = nodes.accept(verb.get(), node, payload(message.payload()), message.at());
        List<Heard> beside = new ArrayList<>();
        boolean isNode = leaf.isEmpty();
        if (outcome.change() != Change.NONE) {
            boolean isOnline = outcome.change() == Change.ONLINE;
            Reach reach = isNode ? Reach.BELOW : Reach.ITSELF;
            beside.add(new Presence(isNode ? node : node + "/" + leaf, isOnline, reach, verb.get() + " came"));
        }
        if (!outcome.ask().isEmpty()) {
            String topic = message.topic().substring(0, message.topic().indexOf('/')) + "/" + group + "/NCMD/"
                    + names.getOrDefault("node", "");
            beside.add(
                    new Ask(node, topic, SparkplugPayload.rebirth(message.at().toEpochMilli()), outcome.ask()));
        }
        return Optional.of(new View(json(outcome.metrics()), beside));
    }

    private static SparkplugPayload payload(byte[] bytes) throws BadMessageException {
        if (bytes.length > Incoming.MAX_PAYLOAD) {
            throw new BadMessageException("larger than " + Incoming.MAX_PAYLOAD + " bytes");
        }
        if (bytes.length > 0 && bytes[0] == '{') {
            return ofJson(JsonPayload.json(bytes));
        }
        try {
            return SparkplugPayload.decode(bytes);
        } catch (IOException e) {
            throw new BadMessageException("not a payload of Sparkplug B: " + e.getMessage());
        }
    }

    private static SparkplugPayload ofJson(JsonNode root) {
        List<Metric> metrics = new ArrayList<>();
        for (JsonNode metric : root.path("metrics")) {
            if (metrics.size() < SparkplugPayload.MAX_METRICS) {
                metrics.add(new Metric(
                        metric.path("name").asText(""),
                        metric.path("alias").asLong(SparkplugPayload.NONE),
                        metric.path("timestamp").asLong(SparkplugPayload.NONE),
                        JsonPayload.value(metric.path("value")),
                        metric.path("isHistorical").asBoolean(false)));
            }
        }
        long timestamp = root.path("timestamp").asLong(SparkplugPayload.NONE);
        return new SparkplugPayload(timestamp, root.path("seq").asLong(SparkplugPayload.NONE), metrics);
    }

    private static JsonNode json(List<Metric> metrics) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode named = root.putObject("metrics");
        for (Metric metric : metrics) {
            ObjectNode one = named.putObject(metric.name());
            switch (metric.value()) {
                case Boolean value -> one.put("value", value);
                case Long value -> one.put("value", value);
                case Double value -> one.put("value", value);
                case String value -> one.put("value", value);
                case null, default -> one.putNull("value");
            }
            if (metric.timestamp() >= 0) {
                one.put("timestamp", metric.timestamp());
            }
            if (metric.isHistorical()) {
                one.put("historical", true);
            }
        }
        return root;
    }
}
