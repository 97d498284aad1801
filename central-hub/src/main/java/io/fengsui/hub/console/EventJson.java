package io.fengsui.hub.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.store.query.EventQueries.EventRow;
import io.fengsui.hub.store.query.EventQueries.EvidenceRow;
import io.fengsui.protocol.wire.v1.Box;
import io.fengsui.protocol.wire.v1.Detection;
import io.fengsui.protocol.wire.v1.Event;
import io.fengsui.protocol.wire.v1.Place;
import io.fengsui.protocol.wire.v1.RecordBody;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as JSON, from the bytes that the edge wrote; times are those that the hub has corrected. */
final class EventJson {
    private static final Logger LOG = LoggerFactory.getLogger(EventJson.class);

    private EventJson() {}

    /** The event with its detections, reasons and pictures. */
    static ObjectNode whole(EventRow row, List<EvidenceRow> evidence) {
        Event event = decode(row);
        ObjectNode node = brief(row, event);
        ArrayNode detections = node.putArray("detections");
        event.getDetectionsList().forEach(detection -> detections.add(detection(detection)));
        ArrayNode pictures = node.putArray("evidence");
        evidence.forEach(picture -> pictures.add(evidence(picture)));
        ArrayNode why = node.putArray("why");
        event.getWhyList()
                .forEach(reason -> why.addObject()
                        .put("stage", reason.getStage())
                        .put("code", reason.getCode())
                        .put("detail", reason.getDetail()));
        return node;
    }

    /** The event for a list. */
    static ObjectNode brief(EventRow row) {
        return brief(row, decode(row));
    }

    private static ObjectNode brief(EventRow row, Event event) {
        ObjectNode node = Json.object();
        node.put("id", row.id());
        node.put("revision", row.revision());
        node.put("phase", word(event.getPhase().name(), "PHASE_"));
        node.put("kind", event.getKind());
        node.put("severity", word(event.getSeverity().name(), "SEVERITY_"));
        node.put("lane", word(event.getLane().name(), "LANE_"));
        node.put("edge", row.edge());
        node.put("site", event.getSite());
        node.putObject("source")
                .put("type", word(event.getSource().getType().name(), "SOURCE_TYPE_"))
                .put("id", event.getSource().getId())
                .put("zone", event.getSource().getZone());
        node.put("subject", event.getSubject());
        node.set("place", place(event.getPlace()));
        node.put("dedupKey", event.getDedupKey());
        node.put("occurredAt", Json.time(row.times().occurredAt()));
        node.put("revisedAt", Json.time(row.times().revisedAt()));
        node.put("receivedAt", Json.time(row.times().receivedAt()));
        node.put("incident", row.incident());
        node.put("ticket", row.ticket());
        node.put("replayed", event.getReplayed());
        node.put("volatile", event.getIsVolatile());
        node.put("unconfirmed", row.isUnconfirmed());
        node.putObject("rule").put("id", event.getRuleId()).put("version", event.getRuleVersion());
        node.putObject("model").put("name", event.getModelName()).put("version", event.getModelVersion());
        ObjectNode attributes = node.putObject("attributes");
        new TreeMap<>(event.getAttributesMap()).forEach(attributes::put);
        return node;
    }

    static ObjectNode evidence(EvidenceRow row) {
        ObjectNode node = Json.object();
        node.put("id", row.id());
        node.put("mediaType", row.mediaType());
        node.put("state", row.state());
        node.put("url", row.state().equals("ready") ? "/api/v1/evidence/" + row.id() : null);
        node.put("size", row.file().size());
        node.put("takenAt", Json.timeOrNull(row.takenAt()));
        node.put("lostReason", row.lostReason());
        return node;
    }

    private static ObjectNode detection(Detection detection) {
        Box box = detection.getBox();
        ObjectNode node = Json.object();
        node.put("label", detection.getLabel());
        node.put("confidence", detection.getConfidence());
        node.put("track", detection.getTrack());
        node.putObject("box")
                .put("left", box.getLeft())
                .put("top", box.getTop())
                .put("right", box.getRight())
                .put("bottom", box.getBottom());
        return node;
    }

    private static ObjectNode place(Place place) {
        ObjectNode node = Json.object();
        node.set("name", Json.name(place.getName().getZh(), place.getName().getEn()));
        node.put("grid", place.getGrid());
        node.put("longitude", place.getLocated() ? place.getLongitude() : null);
        node.put("latitude", place.getLocated() ? place.getLatitude() : null);
        return node;
    }

    /** What cannot be read is shown as an empty event, so that one bad row hides no others. */
    private static Event decode(EventRow row) {
        try {
            return RecordBody.parseFrom(row.body()).getEvent();
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("an event's stored body cannot be read: event={}", row.id(), e);
            return Event.getDefaultInstance();
        }
    }

    private static String word(String constant, String prefix) {
        String bare = constant.startsWith(prefix) ? constant.substring(prefix.length()) : constant;
        return bare.toLowerCase(Locale.ROOT);
    }
}
