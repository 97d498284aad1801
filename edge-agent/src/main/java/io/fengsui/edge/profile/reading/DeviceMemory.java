package io.fengsui.edge.profile.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.fengsui.edge.profile.sparkplug.SparkplugNodes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be remembered of one broker's devices between messages: which came already, which things are there, the births
 * of Sparkplug. Bounded; a restart forgets it without harm. Confined to the broker's thread.
 */
public final class DeviceMemory {
    private static final int MAX_SEEN = 4096;
    private static final int MAX_DEVICES = 2000;
    private static final int MAX_THINGS = 256;

    /** A thing of which nothing was heard for this long has gone unsaid. */
    static final Duration FORGET_THING = Duration.ofMinutes(10);

    private final SparkplugNodes sparkplug = new SparkplugNodes();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Map<String, Map<String, Instant>> things = new HashMap<>();
    private @Nullable Incoming current;
    private @Nullable JsonNode json;
    private @Nullable JsonNode text;
    private @Nullable JsonNode xml;
    private boolean isViewed;
    private Optional<SparkplugReading.View> view = Optional.empty();

    /** The payload as JSON; parsed once, however many profiles look at it. */
    JsonNode json(Incoming message) throws BadMessageException {
        turnTo(message);
        JsonNode known = json;
        if (known == null) {
            known = JsonPayload.json(message.payload());
            json = known;
        }
        return known;
    }

    JsonNode text(Incoming message) throws BadMessageException {
        turnTo(message);
        JsonNode known = text;
        if (known == null) {
            known = JsonPayload.text(message.payload());
            text = known;
        }
        return known;
    }

    JsonNode xml(Incoming message) throws BadMessageException {
        turnTo(message);
        JsonNode known = xml;
        if (known == null) {
            known = XmlPayload.xml(message.payload());
            xml = known;
        }
        return known;
    }

    /** A message of Sparkplug; its numbers are followed once, however many profiles look at it. */
    Optional<SparkplugReading.View> sparkplug(Map<String, String> names, Incoming message) throws BadMessageException {
        turnTo(message);
        if (!isViewed) {
            isViewed = true;
            view = SparkplugReading.read(sparkplug, names, message);
        }
        return view;
    }

    @SuppressWarnings("ReferenceEquality") // the very message, not one like it
    private void turnTo(Incoming message) {
        if (current != message) {
            current = message;
            json = null;
            text = null;
            xml = null;
            isViewed = false;
            view = Optional.empty();
        }
    }

    /** Whether a message of this id came before; from now on it has. */
    boolean wasSeen(String id) {
        boolean isNew = seen.add(id);
        if (seen.size() > MAX_SEEN) {
            seen.remove(seen.iterator().next());
        }
        return !isNew;
    }

    /** How many things of this sort a device has after one more word about one of them. */
    int count(String device, String thing, boolean isOver, Instant now) {
        if (!things.containsKey(device) && things.size() >= MAX_DEVICES) {
            return isOver ? 0 : 1;
        }
        Map<String, Instant> there = things.computeIfAbsent(device, _ -> new LinkedHashMap<>());
        there.values().removeIf(at -> at.plus(FORGET_THING).isBefore(now));
        there.remove(thing);
        if (!isOver && there.size() < MAX_THINGS) {
            there.put(thing, now);
        }
        return there.size();
    }
}
