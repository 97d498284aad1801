package io.fengsui.edge.decide.event;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Detection;
import io.fengsui.protocol.value.Place;
import io.fengsui.rules.geometry.Mask;
import io.fengsui.rules.geometry.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who decides, and about which places.
 *
 * @param edge id of this box
 * @param site that it stands on
 * @param place of the box itself
 * @param cameras by id; one that is not here has no offline events
 * @param sensors by id; a reading of one that is not here is taken with an unknown place
 */
public record DecideSettings(
        String edge,
        String site,
        Place place,
        Map<String, CameraSpot> cameras,
        Map<String, SensorSpot> sensors,
        Limits limits) {
    /**
     * Where a camera stands, the household or object that it is tied to (may be empty), its zones and masks.
     *
     * @param keepsLastSeen whether the last picture with a person in each zone is kept, for the hub's questions
     */
    public record CameraSpot(Place place, String subject, List<Zone> zones, List<Mask> masks, boolean keepsLastSeen) {
        public CameraSpot(Place place, String subject, List<Zone> zones, List<Mask> masks) {
            this(place, subject, zones, masks, false);
        }

        public CameraSpot {
            Checks.text("subject", subject);
            zones = List.copyOf(zones);
            masks = List.copyOf(masks);
        }

        /** Those that do not stand where such objects do not count. */
        public List<Detection> unmasked(List<Detection> objects) {
            return masks.isEmpty()
                    ? objects
                    : objects.stream()
                            .filter(object -> masks.stream().noneMatch(mask -> mask.hides(object)))
                            .toList();
        }
    }

    /**
     * Where a sensor stands, the household or object that it is tied to (may be empty), and how it is watched.
     *
     * @param silentAfter no reading for this long is told; zero for never
     */
    public record SensorSpot(Place place, String subject, String broker, Duration silentAfter) {
        public static final SensorSpot UNKNOWN = new SensorSpot(Place.UNKNOWN, "", "", Duration.ZERO);

        public SensorSpot {
            Checks.text("subject", subject);
        }
    }

    /**
     * Patience and picture size.
     *
     * @param offlineAfter a camera that has not streamed for this long is told
     * @param brokerOfflineAfter a broker that was not connected for this long is told
     * @param visionDownAfter a worker that was not ready for this long is told
     * @param evidenceTimeout a picture that was not answered for is given up
     * @param pictureWidth of an event's picture at most, pixels
     * @param pictureQuality of its JPEG, 1..100
     */
    public record Limits(
            Duration offlineAfter,
            Duration brokerOfflineAfter,
            Duration visionDownAfter,
            Duration evidenceTimeout,
            int pictureWidth,
            int pictureQuality) {
        public static final Limits DEFAULT = new Limits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                1280,
                80);

        public Limits {
            boolean isNegative = Stream.of(offlineAfter, brokerOfflineAfter, visionDownAfter, evidenceTimeout)
                    .anyMatch(Duration::isNegative);
            if (isNegative) {
                throw new IllegalArgumentException("patience is not negative");
            }
        }
    }

    public DecideSettings {
        Checks.id("edge", edge);
        Checks.id("site", site);
        cameras = Map.copyOf(cameras);
        sensors = Map.copyOf(sensors);
    }
}
