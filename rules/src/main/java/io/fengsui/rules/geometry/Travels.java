package io.fengsui.rules.geometry;

import io.fengsui.protocol.value.Detection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far each track has come from where it was first seen, in lengths of its longer side: what never moved is no person but
 * a poster. Remembers at most {@value #MAX_TRACKS} tracks. Confined.
 */
public final class Travels {
    private static final int MAX_TRACKS = 1024;

    private record Origin(Point foot, double farthest) {}

    private final Map<Long, Origin> tracks = new HashMap<>();

    /** The distances with one more picture. What the picture does not show is kept until there are too many. */
    public Map<Long, Double> update(List<Detection> objects) {
        if (tracks.size() > MAX_TRACKS) {
            tracks.keySet().retainAll(objects.stream().map(Detection::track).toList());
        }
        Map<Long, Double> distances = new HashMap<>();
        for (Detection object : objects) {
            Point foot = Point.footOf(object.box());
            double size =
                    Math.max(1e-3, Math.max(object.box().width(), object.box().height()));
            Origin before = tracks.getOrDefault(object.track(), new Origin(foot, 0));
            double far = Math.hypot(
                            foot.x() - before.foot().x(),
                            foot.y() - before.foot().y())
                    / size;
            Origin after = new Origin(before.foot(), Math.max(before.farthest(), far));
            tracks.put(object.track(), after);
            distances.put(object.track(), after.farthest());
        }
        return distances;
    }
}
