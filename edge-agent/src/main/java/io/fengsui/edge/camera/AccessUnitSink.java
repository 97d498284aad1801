package io.fengsui.edge.camera;

import io.fengsui.edge.bitstream.AccessUnit;

/** Takes the access units of cameras. Called on the camera's event loop: must not block. */
@FunctionalInterface
public interface AccessUnitSink {
    void onAccessUnit(String camera, AccessUnit unit);
}
