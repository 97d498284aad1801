package io.fengsui.edge.camera;

import io.fengsui.edge.rtsp.RtspSettings;
import java.time.Duration;

/**
 * One camera to be watched.
 *
 * @param name unique in the box
 * @param minStall shortest time without a picture that counts as a stall; three groups of pictures if that is longer
 */
public record CameraSettings(String name, RtspSettings rtsp, Duration minStall) {
    public static final Duration MIN_STALL = Duration.ofSeconds(10);

    public CameraSettings {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a camera has a name");
        }
        if (!minStall.isPositive()) {
            throw new IllegalArgumentException("camera " + name + ": a stall is longer than nothing");
        }
    }

    public static CameraSettings of(String name, RtspSettings rtsp) {
        return new CameraSettings(name, rtsp, MIN_STALL);
    }
}
