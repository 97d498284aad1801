package io.fengsui.edge.app.replay;

import io.fengsui.edge.config.AgentSettings;
import io.fengsui.protocol.value.Place;
import io.fengsui.rules.trial.Spot;
import java.util.HashMap;
import java.util.Map;

/** Where the cameras and sensors of a configuration are, as trials of rules want it. Pure. */
public final class TrialSpots {
    private TrialSpots() {}

    public static Map<String, Spot> of(AgentSettings settings) {
        Map<String, Spot> spots = new HashMap<>();
        settings.cameras().forEach(camera -> spots.put(camera.id(), new Spot(key(camera.place()), camera.subject())));
        settings.field()
                .sensors()
                .forEach(sensor -> spots.put(sensor.id(), new Spot(key(sensor.place()), sensor.subject())));
        return spots;
    }

    private static String key(Place place) {
        return place.name().zh().isEmpty()
                ? ""
                : place.grid() + "|" + place.name().zh();
    }
}
