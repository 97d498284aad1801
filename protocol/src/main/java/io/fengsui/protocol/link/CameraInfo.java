package io.fengsui.protocol.link;

import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;

/** A camera, as the edge's inventory tells of it. No address and no secret. */
public record CameraInfo(String id, Name name, Place place, String subject) {
    public CameraInfo {
        Checks.id("camera id", id);
        Checks.text("subject", subject);
    }
}
