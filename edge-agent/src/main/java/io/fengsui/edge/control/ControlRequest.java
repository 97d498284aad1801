package io.fengsui.edge.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

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

    /**
     * What was decided about a camera or sensor around a time.
     *
     * @param at in the box's time zone ({@code 21:30}, {@code 2026-05-01T21:30}) or with a zone; empty for now
     */
    record Why(String subject, String at, Duration within) implements ControlRequest {}

    /** Which modes are on. */
    record ListModes() implements ControlRequest {}

    /** Switches a mode for a while. */
    record SwitchMode(String mode, boolean isOn, Duration duration) implements ControlRequest {}

    /** Its one-line form on the socket. */
    default ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (this) {
            case Status ignored -> json.put("command", "status");
            case Reload ignored -> json.put("command", "reload");
            case Why w ->
                json.put("command", "why")
                        .put("subject", w.subject())
                        .put("at", w.at())
                        .put("withinSeconds", w.within().toSeconds());
            case ListModes ignored -> json.put("command", "modes");
            case SwitchMode m ->
                json.put("command", "switch-mode")
                        .put("mode", m.mode())
                        .put("on", m.isOn())
                        .put("seconds", m.duration().toSeconds());
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
            case "why" ->
                new Why(json.path("subject").asText(""), json.path("at").asText(""), seconds(json, "withinSeconds"));
            case "modes" -> new ListModes();
            case "switch-mode" ->
                new SwitchMode(
                        json.path("mode").asText(""), json.path("on").asBoolean(false), seconds(json, "seconds"));
            case "use-model" -> new UseModel(json.path("model").asText(""));
            case "snapshot" ->
                new Snapshot(json.path("camera").asText(""), json.path("zones").asBoolean(false));
            default -> throw new IllegalArgumentException("unknown command '" + command + "'");
        };
    }

    private static Duration seconds(JsonNode json, String key) {
        return Duration.ofSeconds(Math.clamp(json.path(key).asLong(0), 0, 366L * 86_400));
    }
}
