package io.fengsui.hub.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.store.query.TicketCare;
import io.fengsui.hub.store.query.TicketCare.DeadlineRow;
import io.fengsui.hub.store.query.TicketQueries.FactRow;
import io.fengsui.hub.store.query.TicketQueries.PlaceRow;
import io.fengsui.hub.store.query.TicketQueries.TicketRow;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.protocol.value.Name;
import java.util.Locale;

/** Tickets and their facts as JSON. Pure. */
final class TicketJson {
    private static final int PASSED = 100;

    private final TicketFlow flow;

    TicketJson(TicketFlow flow) {
        this.flow = flow;
    }

    ObjectNode ticket(TicketRow row) {
        ObjectNode node = Json.object();
        node.put("id", row.id());
        node.put("number", row.number());
        node.put("kind", row.subject().kind());
        node.set("title", Json.name(row.subject().titleZh(), row.subject().titleEn()));
        node.put("severity", row.subject().severity());
        node.put("state", row.stand().state());
        node.set(
                "stateName",
                name(flow.stateName(row.stand().workflow(), row.stand().state())));
        node.put("category", row.stand().category());
        node.put("site", row.where().site());
        node.set("place", place(row.where().place()));
        ObjectNode source = node.putObject("source");
        source.put("type", row.where().source().type());
        source.put("id", row.where().source().id());
        source.put("zone", row.where().source().zone());
        source.set(
                "name",
                Json.name(row.where().source().zh(), row.where().source().en()));
        source.set(
                "zoneName",
                Json.name(
                        row.where().source().zoneName().zh(),
                        row.where().source().zoneName().en()));
        node.put("edge", row.where().edge());
        node.put("occurredAt", Json.time(row.times().occurredAt()));
        node.put("openedAt", Json.time(row.times().openedAt()));
        node.put("updatedAt", Json.time(row.times().updatedAt()));
        node.put("closedAt", Json.timeOrNull(row.times().closedAt()));
        node.put("conditionClearedAt", Json.timeOrNull(row.times().clearedAt()));
        node.put("version", row.version());
        node.put("eventCount", row.eventCount());
        String ready = row.pictures().ready();
        node.put("picture", ready == null ? null : "/api/v1/evidence/" + ready);
        node.put("pictureState", pictureState(row.pictures()));
        node.put("unconfirmed", row.isUnconfirmed());
        node.put("dedupKey", row.subject().dedupKey());
        TicketCare care = row.care();
        node.put("unit", care.unit());
        node.put("supervised", care.isSupervised());
        node.put("extensionAsked", care.extensionAsked());
        node.put("suspendedUntil", Json.timeOrNull(care.suspendedUntil()));
        node.put("reworks", care.reworks());
        node.put("sendBacks", care.sendBacks());
        node.put("extensions", care.extensions());
        node.put("dueAt", Json.timeOrNull(care.dueAt()));
        node.put("deadline", deadlineState(care));
        node.put("verdict", care.verdict());
        return node;
    }

    private static String deadlineState(TicketCare care) {
        if (care.toldPercent() == null) {
            return "none";
        }
        if (care.toldPercent() >= PASSED) {
            return "passed";
        }
        return care.toldPercent() > 0 ? "near" : "running";
    }

    ObjectNode deadline(String workflow, DeadlineRow row) {
        ObjectNode node = Json.object();
        boolean isWhole = row.step().equals("*");
        node.put("step", row.step());
        node.set("stepName", isWhole ? Json.name("全程", "whole") : name(flow.stateName(workflow, row.step())));
        node.put("limit", row.limit());
        node.put("startedAt", Json.time(row.startedAt()));
        node.put("dueAt", Json.timeOrNull(row.dueAt()));
        node.put("extraSeconds", row.extraMillis() / 1_000);
        node.put("told", row.toldPercent());
        node.put("endedAt", Json.timeOrNull(row.endedAt()));
        node.put("onTime", row.isOnTime());
        return node;
    }

    ObjectNode fact(String workflow, FactRow row) {
        ObjectNode node = Json.object();
        node.put("version", row.version());
        node.put("at", Json.time(row.at()));
        node.put("actor", row.actor());
        node.put("kind", row.kind());
        node.put("from", row.transition().from());
        node.put("to", row.transition().to());
        node.set("toName", name(flow.stateName(workflow, row.transition().to())));
        node.put("note", row.note());
        node.set("detail", detail(row));
        return node;
    }

    /** What a fact says; as a text where it is no JSON. */
    static JsonNode detail(FactRow row) {
        try {
            return row.detail().isEmpty() ? Json.object() : Json.parse(row.detail());
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(row.detail());
        }
    }

    /** What somebody of this role may do next. */
    ArrayNode next(TicketRow.Stand stand, Role role) {
        ArrayNode steps = Json.array();
        for (TicketFlow.Step step : flow.next(stand.workflow(), stand.state())) {
            if (!step.roles().contains(role)) {
                continue;
            }
            ObjectNode node = steps.addObject().put("command", step.command());
            node.set("name", name(step.name()));
            ArrayNode needs = node.putArray("needs");
            step.needs().forEach(needs::add);
            ArrayNode takes = node.putArray("takes");
            if (step.takesUnit()) {
                takes.add("unit");
            }
            Category to = step.leadsTo();
            node.put("leadsTo", to == null ? "" : to.name().toLowerCase(Locale.ROOT));
        }
        return steps;
    }

    static ObjectNode place(PlaceRow row) {
        ObjectNode node = Json.object();
        node.set("name", Json.name(row.zh(), row.en()));
        node.put("grid", row.grid());
        node.put("longitude", row.longitude());
        node.put("latitude", row.latitude());
        return node;
    }

    private static ObjectNode name(Name name) {
        return Json.name(name.zh(), name.en());
    }

    private static String pictureState(TicketRow.Pictures pictures) {
        if (pictures.ready() != null) {
            return "ready";
        }
        if (pictures.pending() > 0) {
            return "pending";
        }
        return pictures.lost() > 0 ? "lost" : "none";
    }
}
