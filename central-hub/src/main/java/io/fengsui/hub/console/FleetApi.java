package io.fengsui.hub.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Cursor;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.store.query.FleetQueries;
import io.fengsui.hub.store.query.FleetQueries.DeviceRow;
import io.fengsui.hub.store.query.FleetQueries.DeviceType;
import io.fengsui.hub.store.query.FleetQueries.EdgeRow;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.hub.store.query.TicketCounts;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Edges, cameras, sensors, and the whole in a few numbers, over REST. Blocking executor. */
final class FleetApi {
    private static final String EDGES = "edges";

    private final FleetQueries fleet;
    private final TicketCounts tickets;
    private final TicketFlow flow;
    private final ZoneId zone;

    FleetApi(HubQueries queries, TicketFlow flow, ZoneId zone) {
        this.fleet = queries.fleet();
        this.tickets = queries.counts();
        this.flow = flow;
        this.zone = zone;
    }

    List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.GET, "/api/v1/summary", Policy.SIGNED_IN, this::summary),
                Route.blocking(HttpMethod.GET, "/api/v1/edges", Policy.SIGNED_IN, this::edges),
                Route.blocking(
                        HttpMethod.GET,
                        "/api/v1/cameras",
                        Policy.SIGNED_IN,
                        (context, request) -> devices(context, DeviceType.CAMERA)),
                Route.blocking(
                        HttpMethod.GET,
                        "/api/v1/sensors",
                        Policy.SIGNED_IN,
                        (context, request) -> devices(context, DeviceType.SENSOR)));
    }

    private HttpResponse summary(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        ObjectNode node = Json.object();
        node.put("zone", zone.getId());
        ObjectNode bySeverity = node.putObject("openBySeverity");
        TicketsApi.SEVERITIES.forEach(severity -> bySeverity.put(severity, 0));
        Map<String, Long> byState = new HashMap<>();
        for (TicketCounts.Count count : tickets.counts(Visitor.reach(context))) {
            byState.merge(count.state(), count.tickets(), Long::sum);
            if (count.category().equals("open")) {
                long before = bySeverity.path(count.severity()).asLong();
                bySeverity.put(count.severity(), before + count.tickets());
            }
        }
        ArrayNode states = node.putArray("states");
        for (TicketFlow.State state : flow.states()) {
            ObjectNode one = states.addObject();
            one.put("state", state.id());
            one.put("open", state.isOpen());
            one.put("count", byState.getOrDefault(state.id(), 0L));
            one.set("name", Json.name(state.name().zh(), state.name().en()));
        }
        FleetQueries.Totals totals = fleet.totals(Visitor.reach(context));
        node.putObject("fleet")
                .put("edges", totals.edges())
                .put("edgesConnected", totals.edgesConnected())
                .put("cameras", totals.cameras())
                .put("camerasOffline", totals.camerasOffline())
                .put("camerasBlind", totals.camerasBlind());
        return Json.response(node);
    }

    private HttpResponse edges(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "cursor", "limit");
        int limit = parameters.limit();
        Cursor cursor = parameters.cursor(EDGES);
        List<EdgeRow> rows = fleet.edges(Visitor.reach(context), cursor == null ? "" : cursor.id(), limit + 1);
        return Json.response(Json.page(rows, limit, FleetApi::edge, row -> new Cursor(EDGES, "", row.id())));
    }

    private HttpResponse devices(ServiceRequestContext context, DeviceType type) {
        Parameters parameters = Parameters.of(context, "cursor", "limit");
        int limit = parameters.limit();
        Cursor cursor = parameters.cursor(type.name());
        FleetQueries.After after =
                cursor == null ? new FleetQueries.After("", "") : new FleetQueries.After(cursor.key(), cursor.id());
        return Json.response(Json.page(
                fleet.devices(type, Visitor.reach(context), after, limit + 1),
                limit,
                row -> device(row, type),
                row -> new Cursor(type.name(), row.edge(), row.id())));
    }

    /** An edge's JSON for the stream; empty when there is none. */
    Map<String, Told> live(List<String> ids) {
        Map<String, Told> told = new HashMap<>();
        for (String id : ids) {
            fleet.edge(id, Reach.EVERYWHERE)
                    .ifPresent(row -> told.put(
                            id,
                            new Told(
                                    edge(row),
                                    reach -> reach.isEverywhere()
                                            || fleet.edge(id, reach).isPresent())));
        }
        return told;
    }

    private static ObjectNode edge(EdgeRow row) {
        EdgeRow.Contact contact = row.contact();
        ObjectNode node = Json.object();
        node.put("id", row.id());
        node.put("site", row.site());
        node.set("siteName", Json.name(row.siteName().zh(), row.siteName().en()));
        node.put("state", edgeState(row));
        node.put("firstSeen", Json.time(contact.firstSeen()));
        node.put("lastSeen", Json.time(contact.lastSeen()));
        node.put("silentSince", Json.timeOrNull(contact.silentSince()));
        node.put("clockOffsetMillis", contact.clockOffsetMillis());
        node.put("softwareVersion", row.software().version());
        node.put("protocolVersion", row.software().protocol());
        node.put("configurationHash", row.software().configurationHash());
        node.put("cameras", row.counts().cameras());
        node.put("camerasOffline", row.counts().camerasOffline());
        node.put("camerasBlind", row.counts().camerasBlind());
        node.put("sensors", row.counts().sensors());
        return node;
    }

    private static String edgeState(EdgeRow row) {
        if (row.isForked()) {
            return "forked";
        }
        if (row.contact().isConnected()) {
            return "online";
        }
        return row.contact().silentSince() == null ? "offline" : "silent";
    }

    private static ObjectNode device(DeviceRow row, DeviceType type) {
        ObjectNode node = Json.object();
        node.put("edge", row.edge());
        node.put("id", row.id());
        node.set("name", Json.name(row.name().zh(), row.name().en()));
        node.set("place", TicketJson.place(row.place()));
        node.put("subject", row.subject());
        switch (type) {
            case CAMERA -> node.put("blindSince", Json.timeOrNull(row.health().blindSince()));
            case SENSOR -> node.put("quantity", row.quantity());
        }
        node.put("state", deviceState(row.health()));
        node.put("offlineSince", Json.timeOrNull(row.health().faultSince()));
        return node;
    }

    /** Whoever is behind a silent edge is unknown: neither up nor down. */
    private static String deviceState(DeviceRow.Health health) {
        if (!health.isEdgeConnected()) {
            return "unknown";
        }
        if (health.faultSince() != null) {
            return "down";
        }
        return health.blindSince() == null ? "up" : "blind";
    }
}
