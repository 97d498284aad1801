package io.fengsui.hub.console;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Cursor;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.store.query.EventQueries;
import io.fengsui.hub.store.query.EventQueries.EventRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events over REST: lists, and one with its reasons, detections and pictures. Blocking executor. */
final class EventsApi {
    private static final String LIST = "events";

    private final EventQueries events;

    EventsApi(EventQueries events) {
        this.events = events;
    }

    List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.GET, "/api/v1/events", Policy.SIGNED_IN, this::list),
                Route.blocking(HttpMethod.GET, "/api/v1/events/{id}", Policy.SIGNED_IN, this::one));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "kind", "source", "cursor", "limit");
        int limit = parameters.limit();
        Cursor cursor = parameters.cursor(LIST);
        EventQueries.After after = cursor == null ? null : new EventQueries.After(cursor.number(), cursor.id());
        EventQueries.Filter filter =
                new EventQueries.Filter(Visitor.reach(context), parameters.word("kind"), parameters.word("source"));
        List<EventRow> rows = events.newest(filter, after, limit + 1);
        return Json.response(Json.page(
                rows,
                limit,
                EventJson::brief,
                row -> Cursor.at(LIST, row.times().receivedAt(), row.id())));
    }

    private HttpResponse one(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        EventRow row = events.find(String.valueOf(context.pathParam("id")), Visitor.reach(context))
                .orElseThrow(() ->
                        new Problem(ProblemType.NOT_FOUND, "没有这个编号的事件", "there is no event of this id").toException());
        return Json.response(EventJson.whole(row, events.evidenceOf(row.id())));
    }

    /** An event's JSON for the stream; empty when there is none. */
    Map<String, Told> live(List<String> ids) {
        Map<String, Told> told = new HashMap<>();
        for (EventRow row : events.all(ids)) {
            EventRow.Seen seen = row.seen();
            told.put(row.id(), new Told(EventJson.brief(row), reach -> reach.covers(seen.grid(), seen.unit())));
        }
        return told;
    }
}
