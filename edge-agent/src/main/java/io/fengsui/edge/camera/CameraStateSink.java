package io.fengsui.edge.camera;

/** Is told when a camera's state changes. Called on the camera's event loop: must not block. */
@FunctionalInterface
public interface CameraStateSink {
    /**
     * @param reason stable code of the cause, such as {@code connect_refused}, {@code no_known_video}, {@code stalled}
     * @param detail for people; holds no secret
     */
    void onState(String camera, CameraState state, String reason, String detail);
}
