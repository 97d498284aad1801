package io.fengsui.protocol.link;

import io.fengsui.protocol.Checks;
import io.fengsui.protocol.Name;
import io.fengsui.protocol.Place;

/** A camera, as the edge's inventory tells of it. No address and no secret. */
public record CameraInfo(String id, Name name, Place place, String subject) {
    public CameraInfo {
        Checks.id("camera id", id);
        Checks.text("subject", subject);
    }
}
