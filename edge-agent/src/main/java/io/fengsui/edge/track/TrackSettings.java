package io.fengsui.edge.track;

import java.time.Duration;

/**
 * How objects are followed.
 *
 * @param highScore a detection this sure may begin a track
 * @param lowScore a detection this sure may continue one (the second stage)
 * @param confirmScore median score from which a track is believed
 * @param strongScore one sight this sure is enough when pictures are seconds apart
 * @param minHits sights before a track is believed, at one picture a second or more
 * @param keepFor how long a track outlives its last sight; never less than 2.5 intervals
 * @param maxSpeed of an object, in its own heights a second
 */
public record TrackSettings(
        double highScore,
        double lowScore,
        double confirmScore,
        double strongScore,
        int minHits,
        Duration keepFor,
        double maxSpeed) {
    public static final TrackSettings DEFAULT = new TrackSettings(0.45, 0.2, 0.5, 0.65, 3, Duration.ofSeconds(2), 1.5);

    public TrackSettings {
        boolean areOrdered = 0 <= lowScore && lowScore <= highScore && highScore <= 1;
        if (!areOrdered || !(confirmScore >= 0 && confirmScore <= strongScore && strongScore <= 1)) {
            throw new IllegalArgumentException("scores are 0 <= low <= high <= 1 and 0 <= confirm <= strong <= 1");
        }
        if (minHits < 1 || minHits > 100 || !(maxSpeed > 0 && maxSpeed <= 100)) {
            throw new IllegalArgumentException("min hits is 1..100 and max speed over 0 and at most 100");
        }
        if (keepFor.isNegative() || keepFor.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("keep-for is 0 to 5 minutes, not " + keepFor);
        }
    }
}
