package io.fengsui.edge.decide;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.wire.Outline;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Zone;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for the picture that an event was decided on. */
public record PictureRequest(EventId event, UUID evidence, SnapshotJob job) {

    /** One request for each picture that the event promises: its objects, and the zone of its rule. */
    static List<PictureRequest> of(
            Event event, LookedPicture picture, @Nullable Zone zone, DecideSettings.Limits limits) {
        List<Outline> outlines = zone == null ? List.of() : List.of(outline(zone));
        SnapshotJob job = new SnapshotJob(
                picture.look(), event.detections(), outlines, limits.pictureWidth(), limits.pictureQuality());
        return event.evidence().stream()
                .map(evidence -> new PictureRequest(event.id(), evidence.id(), job))
                .toList();
    }

    private static Outline outline(Zone zone) {
        List<Point> points = zone.polygon().points();
        return new Outline(
                zone.id(),
                points.stream().map(Point::x).toList(),
                points.stream().map(Point::y).toList());
    }
}
