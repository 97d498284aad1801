package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Place;
import java.io.IOException;

/** Days on which people announce work at their desks, in a hub whose files say nothing of what belongs together. */
abstract class WorksDay extends ToldTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Source CAMERA = Source.camera("cam-w", "");
    static final String UNTIL_TEN = """
            {"kinds": ["health.*"], "sources": ["cam-w"], "until": "2026-11-23T02:00:00Z", "comment": "换杆"}""";

    Timeline day() throws IOException {
        return day("- {id: centre, channels: [hook], on: [opened]}", "");
    }

    static Event begun(Timeline day, String kind, String key) {
        return day.town.begun(kind, key, Lane.URGENT, new Event.Origin("edge-1", "site-1", CAMERA, "", Place.UNKNOWN));
    }

    static String announce(Timeline day, String body) throws Exception {
        JsonNode made = json(day, "POST", "/api/v1/maintenance", body);
        assertThat(made.path("id").asText()).as(made.toString()).isNotEmpty();
        return made.path("id").asText();
    }

    static JsonNode json(Timeline day, String method, String path, String body) throws Exception {
        return JSON.readTree(day.town.call(method, path, body).body());
    }
}
