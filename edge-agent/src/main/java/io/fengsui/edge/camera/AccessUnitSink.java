package io.fengsui.edge.camera;

import io.fengsui.edge.bitstream.AccessUnit;
import io.fengsui.edge.camera.gop.GopBuffer;

/** Takes the access units of cameras. Called on the camera's event loop: must not block. */
@FunctionalInterface
public interface AccessUnitSink {
    /** @param gop what is kept of the camera's group of pictures, this unit with it; valid during the call */
    void onAccessUnit(String camera, AccessUnit unit, GopBuffer gop);

    /**
     * How many bytes of this camera may gather in the kernel before it is read again; 0 when each picture is wanted as it comes.
     * Asked after each unit.
     */
    default int mayGather(String camera) {
        return 0;
    }
}
