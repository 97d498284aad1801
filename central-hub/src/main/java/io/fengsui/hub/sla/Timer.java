package io.fengsui.hub.sla;

import java.time.Instant;

/**
 * Something that falls due. The row is the timer: it survives a restart and fires once.
 *
 * @param id unique for what it is about, so that setting it again moves it
 */
public record Timer(String id, Instant due, String kind, String subject) {
    public static final String EDGE_SILENCE = "edge-silence";

    static Timer silence(String edge, Instant due) {
        return new Timer(EDGE_SILENCE + "/" + edge, due, EDGE_SILENCE, edge);
    }
}
