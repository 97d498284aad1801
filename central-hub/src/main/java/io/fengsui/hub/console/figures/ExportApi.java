package io.fengsui.hub.console.figures;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Audit;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Period;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.store.query.TicketQueries;
import io.fengsui.hub.store.query.TicketQueries.TicketRow;
import io.fengsui.runtime.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest tickets as CSV (RFC 4180) and GeoJSON (RFC 7946), at most {@value #MOST}, of a time where one is asked for.
 * Blocking executor.
 */
public final class ExportApi {
    private static final int MOST = 20_000;
    private static final int PAGE = 1_000;
    private static final List<String> COLUMNS = List.of(
            "id",
            "kind",
            "title_zh",
            "title_en",
            "severity",
            "workflow",
            "state",
            "category",
            "unit",
            "grid",
            "longitude",
            "latitude",
            "source",
            "occurred_at",
            "opened_at",
            "closed_at",
            "due_at",
            "events",
            "reworks",
            "extensions");

    private final TicketQueries tickets;
    private final Audit audit;
    private final TimeSource time;

    public ExportApi(TicketQueries tickets, Audit audit, TimeSource time) {
        this.time = time;
        this.tickets = tickets;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.GET, "/api/v1/export/tickets.csv", Policy.SIGNED_IN, this::csv),
                Route.blocking(HttpMethod.GET, "/api/v1/export/tickets.geojson", Policy.SIGNED_IN, this::geoJson));
    }

    private List<TicketRow> rows(ServiceRequestContext context) {
        Parameters parameters = Parameters.of(context, "state", "kind", "severity", "site", "unit", "from", "to");
        TicketQueries.Filter filter = new TicketQueries.Filter(
                Visitor.reach(context),
                parameters.words("state"),
                parameters.words("kind"),
                parameters.words("severity"),
                parameters.words("site"),
                parameters.words("unit"),
                List.of(),
                false,
                opened(parameters));
        audit.commit(context, "export", context.path() + "?" + Objects.requireNonNullElse(context.query(), ""));
        List<TicketRow> rows = new ArrayList<>();
        TicketQueries.After after = null;
        while (rows.size() < MOST) {
            List<TicketRow> page = tickets.newest(filter, after, PAGE);
            rows.addAll(page);
            if (page.size() < PAGE) {
                break;
            }
            TicketRow last = page.getLast();
            after = new TicketQueries.After(last.times().openedAt(), last.id());
        }
        return rows;
    }

    /** Null where neither end is said. */
    private TicketQueries.@Nullable Between opened(Parameters parameters) {
        if (!parameters.has("from") && !parameters.has("to")) {
            return null;
        }
        Period period = parameters.period(time.wall());
        return new TicketQueries.Between(period.from(), period.to());
    }

    private HttpResponse csv(ServiceRequestContext context, AggregatedHttpRequest request) {
        StringBuilder text =
                new StringBuilder("\uFEFF").append(String.join(",", COLUMNS)).append("\r\n");
        for (TicketRow row : rows(context)) {
            List<String> cells = new ArrayList<>();
            values(row).forEach(value -> cells.add(cell(value)));
            text.append(String.join(",", cells)).append("\r\n");
        }
        return file("text/csv; charset=utf-8", "tickets.csv", text.toString());
    }

    private static List<@Nullable Object> values(TicketRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(row.id());
        values.add(row.subject().kind());
        values.add(row.subject().titleZh());
        values.add(row.subject().titleEn());
        values.add(row.subject().severity());
        values.add(row.stand().workflow());
        values.add(row.stand().state());
        values.add(row.stand().category());
        values.add(row.care().unit());
        values.add(row.where().place().grid());
        values.add(row.where().place().longitude());
        values.add(row.where().place().latitude());
        values.add(row.where().source().id());
        values.add(Json.time(row.times().occurredAt()));
        values.add(Json.time(row.times().openedAt()));
        values.add(Json.timeOrNull(row.times().closedAt()));
        values.add(Json.timeOrNull(row.care().dueAt()));
        values.add(row.eventCount());
        values.add(row.care().reworks());
        values.add(row.care().extensions());
        return values;
    }

    /** A text that a spreadsheet would take for a formula gets an apostrophe before it. */
    static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (!(value instanceof String text)) {
            return value.toString();
        }
        boolean isFormula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return "\"" + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }

    private HttpResponse geoJson(ServiceRequestContext context, AggregatedHttpRequest request) {
        ObjectNode collection = Json.object().put("type", "FeatureCollection");
        ArrayNode features = collection.putArray("features");
        for (TicketRow row : rows(context)) {
            ObjectNode feature = features.addObject().put("type", "Feature").put("id", row.id());
            Double longitude = row.where().place().longitude();
            Double latitude = row.where().place().latitude();
            if (longitude == null || latitude == null) {
                feature.putNull("geometry");
            } else {
                ObjectNode point = feature.putObject("geometry").put("type", "Point");
                point.putArray("coordinates").add(longitude).add(latitude);
            }
            ObjectNode properties = feature.putObject("properties");
            List<@Nullable Object> values = values(row);
            for (int i = 0; i < COLUMNS.size(); i++) {
                properties.putPOJO(COLUMNS.get(i), values.get(i));
            }
        }
        return file("application/geo+json", "tickets.geojson", collection.toString());
    }

    private static HttpResponse file(String type, String name, String content) {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .set(HttpHeaderNames.CONTENT_TYPE, type)
                        .set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                        .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                        .build(),
                HttpData.ofUtf8(content));
    }
}
