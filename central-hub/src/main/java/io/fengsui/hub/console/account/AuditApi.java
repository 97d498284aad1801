package io.fengsui.hub.console.account;

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
import io.fengsui.hub.store.access.AccessQueries;
import java.util.List;

/** The audit over REST, for admins. Blocking executor. */
public final class AuditApi {
    private static final String LIST = "audit";

    private final AccessQueries access;

    public AuditApi(AccessQueries access) {
        this.access = access;
    }

    public List<Route> routes() {
        return List.of(Route.blocking(HttpMethod.GET, "/api/v1/audit", Policy.ADMIN, this::list));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "actor", "action", "subject", "cursor", "limit");
        AccessQueries.Filter filter = new AccessQueries.Filter(
                parameters.word("actor"), parameters.word("action"), parameters.word("subject"));
        int limit = parameters.limit();
        Cursor cursor = parameters.cursor(LIST);
        return Json.response(Json.page(
                access.audit(filter, cursor == null ? null : cursor.number(), limit + 1),
                limit,
                AuditApi::row,
                row -> Cursor.at(LIST, row.number(), "")));
    }

    private static ObjectNode row(AccessQueries.AuditRow row) {
        return Json.object()
                .put("number", row.number())
                .put("at", row.entry().at().toString())
                .put("actor", row.entry().actor())
                .put("address", row.entry().address())
                .put("action", row.entry().action())
                .put("subject", row.entry().subject())
                .put("outcome", row.entry().outcome());
    }
}
