package io.fengsui.edge.profile.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fengsui.edge.profile.ValueSource;
import io.fengsui.rules.condition.Expression;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One item of a message, as pointers and expressions see it. Made for one reading. */
final class ItemContext {
    private static final ObjectMapper VALUES = new ObjectMapper();

    private final Incoming message;
    private final String device;
    private final JsonNode root;
    private final JsonNode item;
    private @Nullable Map<String, Object> variables;

    ItemContext(Incoming message, String device, JsonNode root, JsonNode item) {
        this.message = message;
        this.device = device;
        this.root = root;
        this.item = item;
    }

    ItemContext of(String itsDevice) {
        return new ItemContext(message, itsDevice, root, item);
    }

    Incoming message() {
        return message;
    }

    String device() {
        return device;
    }

    JsonNode root() {
        return root;
    }

    /** The value at a source; missing where there is none. */
    JsonNode at(ValueSource source) {
        return switch (source) {
            case ValueSource.At at -> (at.isOfWhole() ? root : item).at(at.pointer());
            case ValueSource.Formula formula ->
                formula.expression()
                        .value(variables())
                        .<JsonNode>map(VALUES::valueToTree)
                        .orElse(MissingNode.getInstance());
        };
    }

    boolean isTrue(Expression expression) {
        return expression.value(variables()).filter(Boolean.TRUE::equals).isPresent();
    }

    private Map<String, Object> variables() {
        Map<String, Object> known = variables;
        if (known == null) {
            known = new HashMap<>();
            known.put("topic", message.topic());
            known.put("device", device);
            known.put("payload", JsonPayload.value(root));
            known.put("item", JsonPayload.value(item));
            variables = known;
        }
        return known;
    }
}
