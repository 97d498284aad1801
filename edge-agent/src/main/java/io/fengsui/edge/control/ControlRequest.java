package io.fengsui.edge.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a person at the box can ask of the running agent. */
public sealed interface ControlRequest {
    /** How cameras, sensors, spool, hub and vision are. */
    record Status() implements ControlRequest {}

    /** Reads the configuration file again; what did not change goes on undisturbed. */
    record Reload() implements ControlRequest {}

    /** A picture of now as JPEG, zones drawn in if wanted. */
    record Snapshot(String camera, boolean withZones) implements ControlRequest {}

    /** Takes another detector into use: NAME or NAME@VERSION. */
    record UseModel(String model) implements ControlRequest {}

    /** Its one-line form on the socket. */
    default ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (this) {
            case Status ignored -> json.put("command", "status");
            case Reload ignored -> json.put("command", "reload");
            case UseModel u -> json.put("command", "use-model").put("model", u.model());
            case Snapshot s ->
                json.put("command", "snapshot").put("camera", s.camera()).put("zones", s.withZones());
        };
    }

    /** Reads the form of {@link #toJson}; throws IllegalArgumentException that says what is wrong. */
    static ControlRequest fromJson(JsonNode json) {
        String command = json.path("command").asText("");
        return switch (command) {
            case "status" -> new Status();
            case "reload" -> new Reload();
            case "use-model" -> new UseModel(json.path("model").asText(""));
            case "snapshot" ->
                new Snapshot(json.path("camera").asText(""), json.path("zones").asBoolean(false));
            default -> throw new IllegalArgumentException("unknown command '" + command + "'");
        };
    }
}
