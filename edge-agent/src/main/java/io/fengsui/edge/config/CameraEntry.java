package io.fengsui.edge.config;

import io.fengsui.edge.camera.CameraSettings;
import io.fengsui.edge.gate.GateSettings;
import io.fengsui.protocol.value.Checks;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.rules.geometry.Mask;
import io.fengsui.rules.geometry.Zone;
import java.util.List;

/**
 * A camera as the file tells of it.
 *
 * @param subject household or object that it looks at; may be empty
 * @param keepsLastSeen whether the last picture with a person in each zone is kept, for the hub's questions
 */
public record CameraEntry(
        CameraSettings stream,
        GateSettings gate,
        Name name,
        Place place,
        String subject,
        List<Zone> zones,
        List<Mask> masks,
        boolean keepsLastSeen) {
    public CameraEntry {
        Checks.text("subject", subject);
        zones = List.copyOf(zones);
        masks = List.copyOf(masks);
    }

    public String id() {
        return stream.name();
    }
}
