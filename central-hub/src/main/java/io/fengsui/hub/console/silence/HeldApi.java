package io.fengsui.hub.console.silence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Cursor;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.store.query.HeldQueries;
import io.fengsui.hub.store.query.HeldQueries.HeldRow;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;

/** What is held back and has no ticket yet, over REST: nothing waits unseen. Blocking executor. */
public final class HeldApi {
    private static final String LIST = "held";

    private final HeldQueries held;
    private final BiPredicate<EventKind, Severity> opensTicket;

    /** @param opensTicket whether the policy makes tickets of what is of this kind, and as severe as this */
    public HeldApi(HeldQueries held, BiPredicate<EventKind, Severity> opensTicket) {
        this.held = held;
        this.opensTicket = opensTicket;
    }

    public List<Route> routes() {
        return List.of(Route.blocking(HttpMethod.GET, "/api/v1/held", Policy.SIGNED_IN, this::list));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "cursor", "limit");
        int limit = parameters.limit();
        Cursor cursor = parameters.cursor(LIST);
        HeldQueries.After after = cursor == null ? null : new HeldQueries.After(cursor.number(), cursor.id());
        return Json.response(Json.page(
                held.list(Visitor.reach(context), after, limit + 1),
                limit,
                this::json,
                row -> Cursor.at(LIST, row.until(), row.incident())));
    }

    private ObjectNode json(HeldRow row) {
        ObjectNode node = Json.object()
                .put("incident", row.incident())
                .put("kind", row.kind())
                .put("severity", row.severity())
                .put("edge", row.edge())
                .put("source", row.source().id());
        node.set("sourceName", Json.name(row.source().zh(), row.source().en()));
        return node.put("grid", row.grid())
                .put("since", Instant.ofEpochMilli(row.since()).toString())
                .put("until", Instant.ofEpochMilli(row.until()).toString())
                .put("open", row.isOpen())
                .put("reason", row.reason().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("opensTicket", opensTicket.test(new EventKind(row.kind()), severity(row)));
    }

    private static Severity severity(HeldRow row) {
        return Severity.valueOf(row.severity().toUpperCase(Locale.ROOT));
    }
}
