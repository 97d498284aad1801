package io.fengsui.edge.profile.sparkplug;

import io.fengsui.edge.profile.sparkplug.SparkplugPayload.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each edge node: its birth, its aliases, its last sequence number. A node whose numbers have a gap, or
 * that speaks without a birth, is asked for a rebirth, at most every {@link #ASK_AGAIN}. Confined to one thread.
 */
public final class SparkplugNodes {
    static final Duration ASK_AGAIN = Duration.ofSeconds(30);
    private static final int MAX_NODES = 1000;
    private static final int MAX_ALIASES = 10_000;
    private static final String BD_SEQ = "bdSeq";

    private final Map<String, Node> nodes = new LinkedHashMap<>();

    private static final class Node {
        private final Map<Long, String> aliases = new HashMap<>();
        private boolean isBorn;
        private long seq = SparkplugPayload.NONE;
        private long birthDeathSeq = SparkplugPayload.NONE;
        private @Nullable Instant askedAt;
    }

    /** The sorts of messages that tell of a node or device. */
    public enum Verb {
        NBIRTH,
        NDEATH,
        DBIRTH,
        DDEATH,
        NDATA,
        DDATA;

        /** Commands and words of hosts are none of these. */
        public static Optional<Verb> of(String text) {
            for (Verb verb : values()) {
                if (verb.name().equals(text)) {
                    return Optional.of(verb);
                }
            }
            return Optional.empty();
        }

        boolean isOfNode() {
            return name().charAt(0) == 'N';
        }
    }

    /** Whether it is now there. */
    public enum Change {
        NONE,
        ONLINE,
        OFFLINE
    }

    /**
     * What a message gave.
     *
     * @param metrics with their names; those with an unknown alias are left out
     * @param ask why a rebirth must be asked for now; empty for not
     */
    public record Outcome(List<Metric> metrics, Change change, String ask) {
        public Outcome {
            metrics = List.copyOf(metrics);
        }
    }

    /** @param node group and node, joined by a slash */
    public Outcome accept(Verb verb, String node, SparkplugPayload payload, Instant now) {
        Node known = node(node);
        return switch (verb) {
            case NBIRTH -> nodeBirth(known, payload);
            case NDEATH -> nodeDeath(known, payload);
            case DBIRTH -> {
                String gap = follow(known, payload, now);
                learn(known, payload);
                yield new Outcome(named(known, payload).metrics, Change.ONLINE, gap);
            }
            case DDEATH -> new Outcome(List.of(), Change.OFFLINE, follow(known, payload, now));
            case NDATA, DDATA -> {
                String gap = follow(known, payload, now);
                Named named = named(known, payload);
                String ask = gap.isEmpty() && named.unknown > 0
                        ? ask(known, "a metric has an alias that no birth named", now)
                        : gap;
                yield new Outcome(named.metrics, Change.NONE, ask);
            }
        };
    }

    private Node node(String name) {
        Node node = nodes.computeIfAbsent(name, _ -> new Node());
        if (nodes.size() > MAX_NODES) {
            nodes.remove(nodes.keySet().iterator().next());
        }
        return node;
    }

    private static Outcome nodeBirth(Node node, SparkplugPayload payload) {
        node.isBorn = true;
        node.seq = payload.seq();
        node.aliases.clear();
        node.askedAt = null;
        node.birthDeathSeq = birthDeathSeq(payload);
        learn(node, payload);
        return new Outcome(named(node, payload).metrics, Change.ONLINE, "");
    }

    /** A death of an earlier session, which the broker sends late, says nothing of the present one. */
    private static Outcome nodeDeath(Node node, SparkplugPayload payload) {
        long of = birthDeathSeq(payload);
        boolean isOfEarlier = node.isBorn
                && of != SparkplugPayload.NONE
                && node.birthDeathSeq != SparkplugPayload.NONE
                && of != node.birthDeathSeq;
        if (isOfEarlier) {
            return new Outcome(List.of(), Change.NONE, "");
        }
        node.isBorn = false;
        return new Outcome(List.of(), Change.OFFLINE, "");
    }

    private static long birthDeathSeq(SparkplugPayload payload) {
        return payload.metrics().stream()
                .filter(m -> m.name().equals(BD_SEQ) && m.value() instanceof Long)
                .mapToLong(m -> m.value() instanceof Long number ? number : SparkplugPayload.NONE)
                .findFirst()
                .orElse(SparkplugPayload.NONE);
    }

    /** Counts a message in; says why a rebirth is wanted, or nothing. */
    private static String follow(Node node, SparkplugPayload payload, Instant now) {
        if (!node.isBorn) {
            return ask(node, "no birth is known", now);
        }
        long expected = (node.seq + 1) % 256;
        boolean isGap = node.seq != SparkplugPayload.NONE && payload.seq() != expected;
        node.seq = payload.seq();
        return isGap ? ask(node, "sequence " + payload.seq() + " came, " + expected + " was due", now) : "";
    }

    private static String ask(Node node, String why, Instant now) {
        Instant asked = node.askedAt;
        if (asked != null && now.isBefore(asked.plus(ASK_AGAIN))) {
            return "";
        }
        node.askedAt = now;
        return why;
    }

    private static void learn(Node node, SparkplugPayload payload) {
        for (Metric metric : payload.metrics()) {
            boolean hasBoth =
                    metric.alias() != SparkplugPayload.NONE && !metric.name().isEmpty();
            if (hasBoth && node.aliases.size() < MAX_ALIASES) {
                node.aliases.put(metric.alias(), metric.name());
            }
        }
    }

    private record Named(List<Metric> metrics, int unknown) {}

    private static Named named(Node node, SparkplugPayload payload) {
        List<Metric> metrics = new ArrayList<>();
        int unknown = 0;
        for (Metric metric : payload.metrics()) {
            String name = metric.name().isEmpty() ? node.aliases.get(metric.alias()) : metric.name();
            if (name == null) {
                unknown++;
            } else {
                metrics.add(metric.named(name));
            }
        }
        return new Named(metrics, unknown);
    }
}
