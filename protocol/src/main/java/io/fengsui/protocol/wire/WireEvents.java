package io.fengsui.protocol.wire;

import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.Tombstone;
import io.fengsui.protocol.value.Moment;
import io.fengsui.protocol.value.Place;
import java.time.Duration;

/** Events and what stands in their stead, both ways. Pure. */
public final class WireEvents {
    private WireEvents() {}

    public static io.fengsui.protocol.wire.v1.Event toMessage(Event event) {
        var message = io.fengsui.protocol.wire.v1.Event.newBuilder()
                .setEventId(event.id().toString())
                .setRevision(event.revision())
                .setPhase(WireEnums.toMessage(event.phase()))
                .setKind(event.kind().value())
                .setSeverity(WireEnums.toMessage(event.severity()))
                .setLane(WireEnums.toMessage(event.lane()))
                .setEdgeId(event.origin().edge())
                .setSite(event.origin().site())
                .setSource(WireValues.toMessage(event.origin().source()))
                .setSubject(event.origin().subject())
                .setPlace(WireValues.toMessage(event.origin().place()))
                .setOccurred(WireValues.toMessage(event.times().occurred()))
                .setRevised(WireValues.toMessage(event.times().revised()))
                .setLeaseSeconds(event.times().lease().toSeconds())
                .setRuleId(event.cause().rule())
                .setRuleVersion(event.cause().ruleVersion())
                .setModelName(event.cause().model())
                .setModelVersion(event.cause().modelVersion())
                .setDedupKey(event.dedupKey())
                .putAllAttributes(event.attributes())
                .setReplayed(event.marks().isReplayed())
                .setIsVolatile(event.marks().isVolatile());
        event.detections().forEach(d -> message.addDetections(WireValues.toMessage(d)));
        event.evidence().forEach(e -> message.addEvidence(WireValues.toMessage(e)));
        event.why().forEach(r -> message.addWhy(WireValues.toMessage(r)));
        return message.build();
    }

    public static Event fromMessage(io.fengsui.protocol.wire.v1.Event message) throws MalformedMessageException {
        return Fields.in(
                "event",
                () -> new Event(
                        Fields.eventId("event_id", message.getEventId()),
                        message.getRevision(),
                        WireEnums.phase(message.getPhase()),
                        Fields.in("kind", () -> new EventKind(message.getKind())),
                        WireEnums.severity(message.getSeverity()),
                        WireEnums.lane(message.getLane()),
                        origin(message),
                        times(message),
                        cause(message),
                        message.getDedupKey(),
                        message.getAttributesMap(),
                        Fields.list(
                                "detections",
                                message.getDetectionsList(),
                                Event.MAX_DETECTIONS,
                                WireValues::fromMessage),
                        Fields.list("evidence", message.getEvidenceList(), Event.MAX_EVIDENCE, WireValues::fromMessage),
                        Fields.list("why", message.getWhyList(), Event.MAX_REASONS, WireValues::fromMessage),
                        new Event.Marks(message.getReplayed(), message.getIsVolatile())));
    }

    private static Event.Origin origin(io.fengsui.protocol.wire.v1.Event message) throws MalformedMessageException {
        Source source =
                Fields.required("source", message.hasSource(), () -> WireValues.fromMessage(message.getSource()));
        Place place = Fields.in("place", () -> WireValues.fromMessage(message.getPlace()));
        return new Event.Origin(message.getEdgeId(), message.getSite(), source, message.getSubject(), place);
    }

    private static Event.Times times(io.fengsui.protocol.wire.v1.Event message) throws MalformedMessageException {
        Moment occurred =
                Fields.required("occurred", message.hasOccurred(), () -> WireValues.fromMessage(message.getOccurred()));
        Moment revised =
                Fields.required("revised", message.hasRevised(), () -> WireValues.fromMessage(message.getRevised()));
        return new Event.Times(occurred, revised, Duration.ofSeconds(message.getLeaseSeconds()));
    }

    private static Event.Cause cause(io.fengsui.protocol.wire.v1.Event message) {
        return new Event.Cause(
                message.getRuleId(), message.getRuleVersion(), message.getModelName(), message.getModelVersion());
    }

    static io.fengsui.protocol.wire.v1.Tombstone toMessage(Tombstone tombstone) {
        return io.fengsui.protocol.wire.v1.Tombstone.newBuilder()
                .setReason(WireEnums.toMessage(tombstone.why()))
                .setEventId(tombstone.eventId().toString())
                .setRevision(tombstone.revision())
                .setKind(tombstone.kind().value())
                .build();
    }

    static Tombstone fromMessage(io.fengsui.protocol.wire.v1.Tombstone message) throws MalformedMessageException {
        return Fields.in(
                "tombstone",
                () -> new Tombstone(
                        WireEnums.why(message.getReason()),
                        Fields.eventId("event_id", message.getEventId()),
                        message.getRevision(),
                        Fields.in("kind", () -> new EventKind(message.getKind()))));
    }

    static io.fengsui.protocol.wire.v1.EvidenceLost toMessage(EvidenceLost lost) {
        return io.fengsui.protocol.wire.v1.EvidenceLost.newBuilder()
                .setEventId(lost.eventId().toString())
                .setEvidenceId(lost.evidenceId().toString())
                .setReason(lost.reason())
                .build();
    }

    static EvidenceLost fromMessage(io.fengsui.protocol.wire.v1.EvidenceLost message) throws MalformedMessageException {
        return Fields.in(
                "evidence_lost",
                () -> new EvidenceLost(
                        Fields.eventId("event_id", message.getEventId()),
                        Fields.uuid("evidence_id", message.getEvidenceId()),
                        message.getReason()));
    }
}
