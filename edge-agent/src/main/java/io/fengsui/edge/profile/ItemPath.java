package io.fengsui.edge.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Where the items of a message stand: {@code /history/*}, {@code /{device}/*}. Immutable. */
public record ItemPath(String text) {
    /** Most items of one message that are looked at. */
    public static final int MAX_ITEMS = 1000;

    private static final Pattern SHAPE = Pattern.compile("(/(\\*|\\{device}|[^/{}*]+))+");
    private static final int MAX_STEPS = 8;

    public ItemPath {
        if (!SHAPE.matcher(text).matches() || text.chars().filter(c -> c == '/').count() > MAX_STEPS) {
            throw new IllegalArgumentException(
                    "the path '" + text + "' is not steps such as /history/* or /{device}/*, at most " + MAX_STEPS);
        }
    }

    /** An item, and the device that the path named; empty when it named none. */
    public record Item(String device, JsonNode node) {}

    /** All items; empty when there is nothing at the path. */
    public List<Item> items(JsonNode root) {
        List<Item> found = List.of(new Item("", root));
        for (String step : text.substring(1).split("/", -1)) {
            List<Item> next = new ArrayList<>();
            for (Item item : found) {
                follow(item, step, next);
            }
            found = next;
        }
        return found;
    }

    private static void follow(Item item, String step, List<Item> into) {
        JsonNode node = item.node();
        if (step.equals("*")) {
            node.forEach(child -> add(new Item(item.device(), child), into));
        } else if (step.equals("{device}")) {
            for (Map.Entry<String, JsonNode> child : node.properties()) {
                add(new Item(child.getKey(), child.getValue()), into);
            }
        } else if (node.has(step)) {
            add(new Item(item.device(), node.get(step)), into);
        }
    }

    private static void add(Item item, List<Item> into) {
        if (into.size() < MAX_ITEMS) {
            into.add(item);
        }
    }
}
