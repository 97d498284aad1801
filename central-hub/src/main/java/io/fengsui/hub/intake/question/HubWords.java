package io.fengsui.hub.intake.question;

import io.fengsui.protocol.Event;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Attributes that only the hub says of an event: that it is the answer to another, and which picture of which edge goes
 * with it. What an edge says under these names is not believed: it could make a ticket milder, or borrow the picture of
 * another edge, whose readers may be others. Pure.
 */
public final class HubWords {
    public static final String ANSWER_TO = "answer-to";
    public static final String LAST_SEEN_EDGE = "last-seen-edge";
    public static final String LAST_SEEN_PICTURE = "last-seen-picture";
    public static final String LAST_SEEN_EVENT = "last-seen-event";

    private static final Set<String> ALL = Set.of(ANSWER_TO, LAST_SEEN_EDGE, LAST_SEEN_PICTURE, LAST_SEEN_EVENT);

    private HubWords() {}

    public static boolean areIn(Event event) {
        return ALL.stream().anyMatch(event.attributes()::containsKey);
    }

    /** The event of an edge without them. */
    public static Event without(Event event) {
        Map<String, String> own = new TreeMap<>(event.attributes());
        own.keySet().removeAll(ALL);
        return event.retold(own, event.why());
    }
}
