package io.fengsui.edge.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The agent's answer. */
public sealed interface ControlReply {
    /** Done; {@code body} is the command's own. */
    record Done(JsonNode body) implements ControlReply {}

    /** Not done, and why. */
    record Refused(String reason) implements ControlReply {}

    /** Its one-line form on the socket. */
    default JsonNode toJson() {
        var json = JsonNodeFactory.instance.objectNode();
        return switch (this) {
            case Done done -> json.put("ok", true).set("body", done.body());
            case Refused refused -> json.put("ok", false).put("reason", refused.reason());
        };
    }

    /** Reads the form of {@link #toJson}. */
    static ControlReply fromJson(JsonNode json) {
        return json.path("ok").asBoolean(false)
                ? new Done(json.path("body"))
                : new Refused(json.path("reason").asText("no reason given"));
    }
}
