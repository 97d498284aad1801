package io.fengsui.edge.camera;

/** How far a camera's stream has got. Derived from timestamps; the label is the metric's tag. */
public enum CameraState {
    /** Configured; no connection tried yet, or waiting for the next try. */
    WAITING,
    /** A connection or the RTSP dialogue is under way. */
    CONNECTING,
    /** PLAY was answered; no whole picture has come yet. */
    PLAYING,
    /** Pictures arrive. */
    STREAMING,
    /** Was refused for its credentials: long pauses, so that the camera does not lock the account. */
    UNAUTHORIZED,
    /** Not reachable, or no picture for too long; being tried again with backoff. */
    OFFLINE
}
