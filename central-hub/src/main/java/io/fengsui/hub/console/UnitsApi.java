package io.fengsui.hub.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.grid.unit.Unit;
import io.fengsui.hub.store.query.TicketCounts;
import io.fengsui.runtime.TimeSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
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
                .forEach(unit -> items.add(unit(unit, unfinished.getOrDefault(unit.id(), 0L), now)));
        answer.put("unrouted", unfinished.getOrDefault("", 0L));
        return Json.response(answer);
    }

    private ObjectNode unit(Unit unit, long unfinished, LocalDateTime now) {
        ObjectNode node = Json.object().put("id", unit.id());
        node.set("name", Json.name(unit.name().zh(), unit.name().en()));
        node.put("phone", unit.phone());
        node.put("tickets", unfinished);
        ArrayNode duty = node.putArray("onDuty");
        router.onDuty(unit.id(), now)
                .forEach(shift -> duty.addObject().put("person", shift.person()).put("phone", shift.phone()));
        return node;
    }
}
