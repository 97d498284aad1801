package io.fengsui.edge.decide;

import io.fengsui.edge.track.TrackSettings;
import io.fengsui.edge.track.Tracker;
import io.fengsui.edge.track.TrackerState;
import io.fengsui.protocol.value.Detection;
import io.fengsui.rules.RuleInput;
import io.fengsui.rules.geometry.Travels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The objects of all cameras: their tracks, and how far each has come. Confined to {@code decide}. */
final class TrackDesk {
    private final Tracker tracker;
    private final Map<String, TrackerState> tracks = new HashMap<>();
    private final Map<String, Travels> travels = new HashMap<>();

    TrackDesk(TrackSettings settings) {
        this.tracker = new Tracker(settings);
    }

    /** One more picture; empty when it is older than the last. */
    Optional<TrackerState> follow(String camera, Tracker.Picture picture) {
        TrackerState before = tracks.getOrDefault(camera, TrackerState.empty());
        TrackerState state = tracker.update(before, picture);
        tracks.put(camera, state);
        return state.equals(before) ? Optional.empty() : Optional.of(state);
    }

    /** What the rules are told of believed objects. */
    RuleInput.Sighting sighting(String camera, List<Detection> objects) {
        Map<Long, Double> travelled =
                travels.computeIfAbsent(camera, _ -> new Travels()).update(objects);
        return new RuleInput.Sighting(objects, travelled);
    }

    /** Takes over from another desk what it knows of these cameras. */
    void carry(TrackDesk before, Set<String> cameras) {
        before.tracks.forEach((camera, state) -> {
            if (cameras.contains(camera)) {
                tracks.put(camera, state);
            }
        });
        before.travels.forEach((camera, travelled) -> {
            if (cameras.contains(camera)) {
                travels.put(camera, travelled);
            }
        });
    }
}
