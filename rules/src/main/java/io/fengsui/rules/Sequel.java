package io.fengsui.rules;

import io.fengsui.protocol.value.Checks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What follows when a rule of readings finds something: pictures that show it, and a question whose answer says how bad it
 * is.
 *
 * @param show cameras whose present picture belongs to the event
 */
public record Sequel(List<String> show, Optional<Ask> ask) {
    public static final Sequel NONE = new Sequel(List.of(), Optional.empty());

    /** Most cameras that one event shows. */
    public static final int MAX_SHOWN = 8;

    /**
     * Was anybody seen? Nobody in a window that was truly watched: critical, somebody must go there. Not watched: major,
     * and said so. Seen: minor, with time and picture.
     *
     * @param cameras of this box or of others of the hub; empty for those of the sensor's subject
     * @param zone its id; empty for the whole picture
     * @param labels what counts as somebody
     * @param window how far back
     * @param minWatched share of the window that must have been watched for nobody to mean nobody
     */
    public record Ask(List<String> cameras, String zone, List<String> labels, Duration window, double minWatched) {
        public static final double USUAL_MIN_WATCHED = 0.9;

        public Ask {
            cameras = List.copyOf(cameras);
            labels = List.copyOf(labels);
            Checks.text("zone", zone);
            if (labels.isEmpty()) {
                throw new IllegalArgumentException("the question names no label");
            }
            if (!(minWatched > 0 && minWatched <= 1)) {
                throw new IllegalArgumentException("min watched is over 0 and at most 1, not " + minWatched);
            }
        }
    }

    public Sequel {
        show = List.copyOf(show);
        Checks.count("show", show.size(), MAX_SHOWN);
    }

    public boolean isNone() {
        return show.isEmpty() && ask.isEmpty();
    }
}
