package io.fengsui.fieldsim.camera;

import java.util.regex.Pattern;

/**
 * How a simulated camera is reached and behaves.
 *
 * @param name the path it is found under: {@code rtsp://host:port/name}
 * @param pace how many times faster than real it plays; 1 for a real camera
 * @param isLive whether all viewers see the same moment, from the next keyframe on, as with a real camera; otherwise each viewer
 *     sees the time line from its first picture, which makes a test repeatable
 */
public record CameraSettings(String name, Credentials credentials, Quirks quirks, double pace, boolean isLive) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public CameraSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a camera's name has 1 to 64 of A-Z, a-z, 0-9, '_' and '-'; not '" + name + "'");
        }
        if (!(pace > 0 && pace <= 1000)) {
            throw new IllegalArgumentException("camera " + name + ": pace must be in (0, 1000], not " + pace);
        }
    }

    /** A camera that is open to all, without oddities, and shows each viewer its clip from the beginning. */
    public static CameraSettings named(String name) {
        return new CameraSettings(name, Credentials.NONE, Quirks.NONE, 1, false);
    }

    public CameraSettings with(Credentials asked) {
        return new CameraSettings(name, asked, quirks, pace, isLive);
    }

    public CameraSettings with(Quirks odd) {
        return new CameraSettings(name, credentials, odd, pace, isLive);
    }

    public CameraSettings atPace(double times) {
        return new CameraSettings(name, credentials, quirks, times, isLive);
    }

    public CameraSettings live() {
        return new CameraSettings(name, credentials, quirks, pace, true);
    }
}
