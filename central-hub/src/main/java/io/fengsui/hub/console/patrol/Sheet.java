package io.fengsui.hub.console.patrol;

import com.google.protobuf.InvalidProtocolBufferException;
import io.fengsui.hub.store.query.EventQueries.EventRow;
import io.fengsui.protocol.wire.v1.Event;
import io.fengsui.protocol.wire.v1.RecordBody;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an event of a round says of its contact sheet. What an edge said wrongly makes an empty sheet, and hides no other
 * round. Pure.
 *
 * @param cameras in the order of the tiles, row by row
 */
record Sheet(Patrol patrol, List<String> cameras, int columns, Tile tile, Set<String> found, Set<String> missed) {
    /** The kind of the event that an edge makes of each round. */
    static final String ROUND = "patrol.round";

    private static final int MOST = 1_000;

    record Patrol(String id, String zh, String en) {}

    /** In pixels, the caption included. */
    record Tile(int width, int height) {}

    static Sheet of(EventRow row) {
        Map<String, String> attributes = attributes(row);
        return new Sheet(
                new Patrol(
                        attributes.getOrDefault("patrol", ""),
                        attributes.getOrDefault("patrol.zh", ""),
                        attributes.getOrDefault("patrol.en", "")),
                words(attributes.getOrDefault("cameras", "")),
                Math.max(1, number(attributes.getOrDefault("sheet-columns", ""))),
                new Tile(
                        number(attributes.getOrDefault("tile-width", "")),
                        number(attributes.getOrDefault("tile-height", ""))),
                Set.copyOf(words(attributes.getOrDefault("found-cameras", ""))),
                Set.copyOf(words(attributes.getOrDefault("missed-cameras", ""))));
    }

    /** None of what is no round, or cannot be read. */
    private static Map<String, String> attributes(EventRow row) {
        try {
            Event event = RecordBody.parseFrom(row.body()).getEvent();
            return event.getKind().equals(ROUND) ? event.getAttributesMap() : Map.of();
        } catch (InvalidProtocolBufferException e) {
            return Map.of();
        }
    }

    private static List<String> words(String text) {
        return text.isEmpty()
                ? List.of()
                : List.of(text.split(",")).stream()
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .limit(MOST)
                        .toList();
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }
}
