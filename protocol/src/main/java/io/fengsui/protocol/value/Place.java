package io.fengsui.protocol.value;

import org.jspecify.annotations.Nullable;

/**
 * Where a camera, sensor or event is.
 *
 * @param grid code of the smallest area with a leader; empty when not known
 * @param position WGS-84; null when not known
 */
public record Place(Name name, String grid, @Nullable Position position) {
    public static final Place UNKNOWN = new Place(Name.NONE, "", null);

    /** WGS-84 degrees. */
    public record Position(double longitude, double latitude) {
        public Position {
            if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
                throw new IllegalArgumentException(
                        "longitude is -180..180 and latitude -90..90, not " + longitude + ", " + latitude);
            }
        }
    }

    public Place {
        Checks.text("grid", grid);
    }
}
