package io.fengsui.hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.grid.unit.Unit;
import io.fengsui.hub.store.query.TicketCounts;
import io.fengsui.hub.store.query.TicketQueries.TicketRow;
import io.fengsui.runtime.TimeSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Units over REST: who is on duty, and how many tickets each has. Blocking executor. */
final class UnitsApi {
    private final TicketCounts tickets;
    private final Router router;
    private final ZoneId zone;
    private final TimeSource time;

    UnitsApi(TicketCounts tickets, Router router, ZoneId zone, TimeSource time) {
        this.tickets = tickets;
        this.router = router;
        this.zone = zone;
        this.time = time;
    }

    List<Route> routes() {
        return List.of(Route.blocking(HttpMethod.GET, "/api/v1/units", Policy.SIGNED_IN, this::list));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        Reach reach = Visitor.reach(context);
        Map<String, Long> unfinished = tickets.unfinishedByUnit(reach);
        LocalDateTime now = LocalDateTime.ofInstant(time.wall(), zone);
        ObjectNode answer = Json.object();
        ArrayNode items = answer.putArray("items");
        router.units().stream()
                .filter(unit -> reach.unit().isEmpty() || reach.unit().equals(unit.id()))
                .forEach(unit -> items.add(unit(unit, now).put("tickets", unfinished.getOrDefault(unit.id(), 0L))));
        answer.put("unrouted", unfinished.getOrDefault("", 0L));
        return Json.response(answer);
    }

    /** Whom somebody calls about a ticket: its unit with those on duty, and the leaders of where it is, the smallest area first. */
    ObjectNode responsible(TicketRow ticket) {
        ObjectNode node = Json.object();
        LocalDateTime now = LocalDateTime.ofInstant(time.wall(), zone);
        node.set(
                "unit",
                router.unit(ticket.care().unit())
                        .<JsonNode>map(unit -> unit(unit, now))
                        .orElse(NullNode.getInstance()));
        ArrayNode areas = node.putArray("areas");
        for (Area area : router.areas().path(ticket.where().place().grid())) {
            ObjectNode one = areas.addObject()
                    .put("code", area.code())
                    .put("level", area.level().name().toLowerCase(Locale.ROOT));
            one.set("name", Json.name(area.name().zh(), area.name().en()));
            one.put("leader", area.leader());
        }
        return node;
    }

    private ObjectNode unit(Unit unit, LocalDateTime now) {
        ObjectNode node = Json.object().put("id", unit.id());
        node.set("name", Json.name(unit.name().zh(), unit.name().en()));
        node.put("phone", unit.phone());
        ArrayNode duty = node.putArray("onDuty");
        router.onDuty(unit.id(), now)
                .forEach(shift -> duty.addObject().put("person", shift.person()).put("phone", shift.phone()));
        node.put(
                "dutyChangesAt",
                router.dutyChanges(unit.id(), now)
                        .map(change -> change.atZone(zone).toInstant().toString())
                        .orElse(null));
        return node;
    }
}
