package io.fengsui.edge.decide.outlet;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.vision.LookedPicture;
import io.fengsui.edge.vision.SnapshotJob;
import io.fengsui.edge.vision.wire.Outline;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Detection;
import io.fengsui.rules.geometry.Point;
import io.fengsui.rules.geometry.Zone;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for a picture that belongs to an event. */
public record PictureRequest(EventId event, UUID evidence, Wanted wanted) {
    /** Which picture. */
    public sealed interface Wanted {
        /** Whose picture it is; empty when it is of several. */
        String camera();

        /** The one that the event was decided on. */
        record Decided(SnapshotJob job) implements Wanted {
            @Override
            public String camera() {
                return job.look().camera();
            }
        }

        /** What this camera sees now. */
        record Present(String camera) implements Wanted {}

        /** One that is made already. */
        @SuppressWarnings("ArrayRecordComponent") // stored as it is; never compared
        record Made(byte[] jpeg) implements Wanted {
            @Override
            public String camera() {
                return "";
            }
        }

        /** The one that was kept under this name when somebody was last seen. */
        record Kept(String camera, String name) implements Wanted {}
    }

    /** One request for each picture that the event promises: its objects, and the zone of its rule. */
    public static PictureRequest of(
            Event event, UUID evidence, LookedPicture picture, @Nullable Zone zone, DecideSettings.Limits limits) {
        return new PictureRequest(
                event.id(), evidence, new Wanted.Decided(job(event.detections(), picture, zone, limits)));
    }

    public static SnapshotJob job(
            List<Detection> boxes, LookedPicture picture, @Nullable Zone zone, DecideSettings.Limits limits) {
        List<Outline> outlines = zone == null ? List.of() : List.of(outline(zone));
        return new SnapshotJob(picture.look(), boxes, outlines, limits.pictureWidth(), limits.pictureQuality());
    }

    private static Outline outline(Zone zone) {
        List<Point> points = zone.polygon().points();
        return new Outline(
                zone.id(),
                points.stream().map(Point::x).toList(),
                points.stream().map(Point::y).toList());
    }
}
