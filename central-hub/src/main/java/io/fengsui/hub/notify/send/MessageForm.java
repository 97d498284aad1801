package io.fengsui.hub.notify.send;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.Notice;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A message as receivers get it. Pure. */
final class MessageForm {
    static final String SOURCE = "/fengsui/hub";
    private static final String TYPE = "io.fengsui.ticket.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageForm() {}

    /** CloudEvents 1.0, section 3 of its JSON format: structured. */
    static String cloudEvent(Delivery delivery) {
        List<Notice> notices = delivery.notices();
        Notice first = notices.getFirst();
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", delivery.id());
        event.put("source", SOURCE);
        event.put("type", TYPE + (notices.size() == 1 ? first.kind().label() : "several"));
        if (notices.stream().allMatch(one -> one.ticket().equals(first.ticket()))) {
            event.put("subject", first.ticket());
        }
        event.put("time", notices.getLast().at().toString());
        event.put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        data.put("contact", delivery.address().contact());
        data.put("reason", label(delivery.plan().reason()));
        data.set("notices", DeliveryForm.array(notices));
        data.put("omitted", delivery.omitted());
        return event.toString();
    }

    /** The webhook of Prometheus Alertmanager, version 4: one alert a ticket, as its newest notice has it. */
    static String alertmanager(Delivery delivery) {
        ObjectNode message = JSON.createObjectNode();
        message.put("version", "4");
        message.put(
                "groupKey",
                delivery.address().contact() + ":" + delivery.address().group());
        message.put("truncatedAlerts", delivery.omitted());
        message.put("receiver", delivery.address().contact());
        message.putObject("groupLabels").put("group", delivery.address().group());
        message.putObject("commonLabels");
        message.putObject("commonAnnotations");
        message.put("externalURL", "");
        ArrayNode alerts = message.putArray("alerts");
        Set<String> seen = new HashSet<>();
        boolean isFiring = false;
        for (Notice notice : delivery.notices().reversed()) {
            if (seen.add(notice.ticket())) {
                alerts.add(alert(notice));
                isFiring |= !notice.about().stand().isOver();
            }
        }
        message.put("status", status(!isFiring));
        return message.toString();
    }

    private static ObjectNode alert(Notice notice) {
        Notice.About about = notice.about();
        ObjectNode alert = JSON.createObjectNode();
        alert.put("status", status(about.stand().isOver()));
        ObjectNode labels = alert.putObject("labels");
        labels.put("alertname", about.kind());
        labels.put("ticket", notice.ticket());
        labels.put("severity", label(about.severity()));
        labels.put("unit", about.stand().unit());
        labels.put("grid", about.grid());
        ObjectNode annotations = alert.putObject("annotations");
        annotations.put("summary", about.title().zh());
        annotations.put("description", notice.text().zh());
        annotations.put("summary_en", about.title().en());
        annotations.put("description_en", notice.text().en());
        alert.put("startsAt", about.opened().toString());
        alert.put("endsAt", about.stand().isOver() ? notice.at().toString() : "0001-01-01T00:00:00Z");
        alert.put("generatorURL", "");
        alert.put("fingerprint", notice.ticket());
        return alert;
    }

    private static String status(boolean isOver) {
        return isOver ? "resolved" : "firing";
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
