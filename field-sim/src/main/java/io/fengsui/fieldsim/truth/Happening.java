package io.fengsui.fieldsim.truth;

import java.util.Objects;

/**
 * Something in the simulated field that has to become one ticket.
 *
 * @param id tells happenings of one run apart
 * @param sourceType {@code camera} or {@code sensor}
 * @param source the id of the camera or sensor
 * @param kind the kind of event that it has to be told as
 * @param zone the zone it happens in; empty where there is none
 */
public record Happening(String id, String sourceType, String source, String kind, String zone) {
    public Happening {
        Objects.requireNonNull(zone);
        if (id.isBlank() || sourceType.isBlank() || source.isBlank() || kind.isBlank()) {
            throw new IllegalArgumentException("a happening has an id, a source and a kind");
        }
    }
}
