package io.fengsui.hub.correlate.handed;

import io.fengsui.hub.correlate.CorrelateReason;
import io.fengsui.hub.correlate.EventState;
import io.fengsui.hub.correlate.Incident;
import io.fengsui.hub.shard.input.HandoverForm;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.EvidenceLost;
import io.fengsui.protocol.RecordBody;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.wire.MalformedMessageException;
import io.fengsui.protocol.wire.WireRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Handed} as texts and a record body, and back. Fields are added, never renamed. */
final class HandedForm {
    private static final String NEWS = "news";
    private static final String WAITED = "waited";
    private static final String CONFIRMATION = "confirmation";
    private static final String LOST = "lost";
    /** Ids of incidents have none in them. */
    private static final String BETWEEN = ",";

    private HandedForm() {}

    static byte[] encode(Handed handed) {
        return switch (handed) {
            case Handed.News(
                    Instant heard,
                    CorrelateReason reason,
                    boolean isNew,
                    Duration offset,
                    EventState event,
                    Incident incident,
                    List<String> earlier) -> {
                Map<String, String> texts = texts(NEWS, event, incident);
                texts.put("heard", heard.toString());
                texts.put("reason", reason.name());
                putEarlier(earlier, texts);
                texts.put("new", Boolean.toString(isNew));
                texts.put("clock", offset.toString());
                yield HandoverForm.encode(texts, event.body());
            }
            case Handed.Waited(Duration offset, EventState event, Incident incident, List<String> earlier) -> {
                Map<String, String> texts = texts(WAITED, event, incident);
                putEarlier(earlier, texts);
                texts.put("clock", offset.toString());
                yield HandoverForm.encode(texts, event.body());
            }
            case Handed.Confirmation(Instant heard, EventState event, Incident incident) -> {
                Map<String, String> texts = texts(CONFIRMATION, event, incident);
                texts.put("heard", heard.toString());
                yield HandoverForm.encode(texts, event.body());
            }
            case Handed.PictureLost(EvidenceLost lost) ->
                HandoverForm.encode(Map.of("what", LOST), WireRecords.encode(lost));
        };
    }

    /** Throws {@link IllegalArgumentException} when it is damaged. */
    static Handed decode(Input.HandedOver input) {
        Map<String, String> texts = input.texts();
        byte[] bytes = input.body();
        RecordBody body = body(bytes);
        return switch (text(texts, "what")) {
            case NEWS ->
                new Handed.News(
                        at(texts, "heard"),
                        CorrelateReason.valueOf(text(texts, "reason")),
                        Boolean.parseBoolean(text(texts, "new")),
                        Duration.parse(text(texts, "clock")),
                        event(texts, body, bytes),
                        incident(texts, input.edge()),
                        earlier(texts));
            case WAITED ->
                new Handed.Waited(
                        Duration.parse(text(texts, "clock")),
                        event(texts, body, bytes),
                        incident(texts, input.edge()),
                        earlier(texts));
            case CONFIRMATION ->
                new Handed.Confirmation(at(texts, "heard"), event(texts, body, bytes), incident(texts, input.edge()));
            case LOST -> new Handed.PictureLost(lost(body));
            case String other -> throw new IllegalArgumentException("nothing is known of a handover of " + other);
        };
    }

    private static void putEarlier(List<String> earlier, Map<String, String> texts) {
        if (!earlier.isEmpty()) {
            texts.put("earlier", String.join(BETWEEN, earlier));
        }
    }

    private static List<String> earlier(Map<String, String> texts) {
        return texts.containsKey("earlier") ? List.of(text(texts, "earlier").split(BETWEEN, -1)) : List.of();
    }

    private static Map<String, String> texts(String what, EventState event, Incident incident) {
        Map<String, String> texts = new HashMap<>();
        texts.put("what", what);
        texts.put("occurred", event.times().occurred().toString());
        texts.put("revised", event.times().revised().toString());
        texts.put("received", event.times().received().toString());
        texts.put("unconfirmed", Boolean.toString(event.isUnconfirmed()));
        texts.put("incident", incident.id());
        texts.put("site", incident.key().site());
        texts.put("dedup", incident.key().dedupKey());
        texts.put("kind", incident.kind().value());
        texts.put("severity", incident.severity().name());
        texts.put("opened", incident.span().opened().toString());
        texts.put("last", incident.span().lastEvent().toString());
        if (incident.span().ended() != null) {
            texts.put("ended", incident.span().ended().toString());
        }
        texts.put("events", Integer.toString(incident.events().all()));
        texts.put("open", Integer.toString(incident.events().open()));
        return texts;
    }

    private static EventState event(Map<String, String> texts, RecordBody body, byte[] bytes) {
        if (!(body instanceof Event event)) {
            throw new IllegalArgumentException("what was handed over holds no event");
        }
        return new EventState(
                event,
                new EventState.Times(at(texts, "occurred"), at(texts, "revised"), at(texts, "received")),
                text(texts, "incident"),
                Boolean.parseBoolean(text(texts, "unconfirmed")),
                bytes);
    }

    private static EvidenceLost lost(RecordBody body) {
        if (!(body instanceof EvidenceLost lost)) {
            throw new IllegalArgumentException("what was handed over tells of no picture");
        }
        return lost;
    }

    /** Without its ticket, which only the writer of tickets knows. */
    private static Incident incident(Map<String, String> texts, String edge) {
        @Nullable Instant ended = texts.containsKey("ended") ? at(texts, "ended") : null;
        return new Incident(
                text(texts, "incident"),
                new Incident.Key(edge, text(texts, "site"), text(texts, "dedup")),
                new EventKind(text(texts, "kind")),
                Severity.valueOf(text(texts, "severity")),
                new Incident.Span(at(texts, "opened"), at(texts, "last"), ended),
                new Incident.Count(Integer.parseInt(text(texts, "events")), Integer.parseInt(text(texts, "open"))),
                null);
    }

    private static Instant at(Map<String, String> texts, String key) {
        return Instant.parse(text(texts, key));
    }

    private static RecordBody body(byte[] bytes) {
        try {
            return WireRecords.decode(bytes);
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException("what was handed over is damaged", e);
        }
    }

    private static String text(Map<String, String> texts, String key) {
        String value = texts.get(key);
        if (value == null) {
            throw new IllegalArgumentException("what was handed over has no " + key);
        }
        return value;
    }
}
