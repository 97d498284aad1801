package io.fengsui.edge.decide.health;

import io.fengsui.edge.decide.event.DecideSettings;
import io.fengsui.edge.decide.event.HealthNotice;
import io.fengsui.edge.decide.health.HealthPart.BrokerPart;
import io.fengsui.edge.decide.health.HealthPart.CameraPart;
import io.fengsui.edge.decide.health.HealthPart.GatewayPart;
import io.fengsui.edge.decide.health.HealthPart.SensorPart;
import io.fengsui.edge.decide.health.HealthPart.SightPart;
import io.fengsui.edge.decide.health.HealthPart.WorkerPart;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import java.util.Optional;

/** What is told of the box's parts, in words, and which part an event of before was of. Pure. */
final class HealthNotices {
    private HealthNotices() {}

    static HealthNotice of(HealthPart part, Outage outage, DecideSettings settings) {
        return new HealthNotice(
                part.kind(),
                Severity.MAJOR,
                part.source(settings),
                part.name(),
                !outage.isUp(),
                outage.isDefinite() ? outage.code() : part.usualCause(),
                outage.code() + ": " + outage.detail());
    }

    /** Slots with events that found no room. */
    static HealthNotice lost(long slots, String edge) {
        return new HealthNotice(
                EventKind.RECORDS_DROPPED,
                Severity.MAJOR,
                Source.edge(edge),
                "decide",
                true,
                "spool_full",
                slots + " slots with events found no room");
    }

    /** Empty for an event that is not of a part. */
    static Optional<HealthPart> partOf(Event event) {
        String part = event.attributes().getOrDefault("part", "");
        String source = event.origin().source().id();
        EventKind kind = event.kind();
        if (kind.equals(EventKind.CAMERA_OFFLINE)) {
            return Optional.of(new CameraPart(source));
        } else if (kind.equals(EventKind.CAMERA_QUARANTINED)) {
            return Optional.of(new SightPart(source));
        } else if (kind.equals(EventKind.SENSOR_SILENT)) {
            return Optional.of(new SensorPart(source));
        } else if (kind.equals(HealthPart.BROKER_OFFLINE)) {
            return Optional.of(new BrokerPart(part));
        } else if (kind.equals(HealthPart.GATEWAY_OFFLINE)) {
            return Optional.of(new GatewayPart(part));
        }
        return kind.equals(EventKind.VISION_FAILED) ? WorkerPart.named(part) : Optional.empty();
    }
}
