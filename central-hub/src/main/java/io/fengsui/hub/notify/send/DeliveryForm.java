package io.fengsui.hub.notify.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.NoticeKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.value.Name;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Notices as JSON: as they lie in the outbox, and as receivers get them. Pure. */
public final class DeliveryForm {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DeliveryForm() {}

    public static String write(List<Notice> notices) {
        return array(notices).toString();
    }

    public static ArrayNode array(List<Notice> notices) {
        ArrayNode array = JSON.createArrayNode();
        notices.forEach(notice -> array.add(notice(notice)));
        return array;
    }

    private static ObjectNode notice(Notice notice) {
        Notice.About about = notice.about();
        ObjectNode node = JSON.createObjectNode();
        node.put("notice", notice.kind().label());
        node.put("ticket", notice.ticket());
        node.put("version", notice.version());
        node.put("at", notice.at().toString());
        node.set("text", name(notice.text()));
        node.set("title", name(about.title()));
        node.put("kind", about.kind());
        node.put("severity", about.severity().name().toLowerCase(Locale.ROOT));
        node.put("state", about.stand().state());
        node.set("stateName", name(about.stand().stateName()));
        node.put("unit", about.stand().unit());
        node.put("over", about.stand().isOver());
        node.put("grid", about.grid());
        node.set("place", name(about.place()));
        node.put("openedAt", about.opened().toString());
        return node;
    }

    private static ObjectNode name(Name name) {
        return JSON.createObjectNode().put("zh", name.zh()).put("en", name.en());
    }

    /** Of what {@link #write} made. */
    public static List<Notice> read(String json) {
        try {
            List<Notice> notices = new ArrayList<>();
            for (JsonNode node : JSON.readTree(json)) {
                notices.add(notice(node));
            }
            return notices;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a message in the outbox is damaged", e);
        }
    }

    private static Notice notice(JsonNode node) {
        Notice.Stand stand = new Notice.Stand(
                node.path("state").asText(),
                name(node.path("stateName")),
                node.path("unit").asText(),
                node.path("over").asBoolean());
        String at = node.path("at").asText();
        return new Notice(
                NoticeKind.valueOf(constant(node.path("notice").asText())),
                node.path("ticket").asText(),
                node.path("version").asLong(),
                Instant.parse(at),
                name(node.path("text")),
                new Notice.About(
                        name(node.path("title")),
                        node.path("kind").asText(),
                        Severity.valueOf(constant(node.path("severity").asText())),
                        stand,
                        node.path("grid").asText(),
                        name(node.path("place")),
                        // Not in rows of an earlier version.
                        Instant.parse(node.path("openedAt").asText(at))));
    }

    private static String constant(String label) {
        return label.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Name name(JsonNode node) {
        return new Name(node.path("zh").asText(), node.path("en").asText());
    }
}
