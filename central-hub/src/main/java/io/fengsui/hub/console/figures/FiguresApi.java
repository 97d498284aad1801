package io.fengsui.hub.console.figures;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Period;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Tasks;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.store.query.FigureGroup;
import io.fengsui.hub.store.query.FigureQueries;
import io.fengsui.hub.store.query.FigureQueries.By;
import io.fengsui.hub.store.query.FigureQueries.Grain;
import io.fengsui.hub.store.query.TicketQueries;
import io.fengsui.runtime.TimeSource;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures and verdicts over REST. Blocking executor. */
public final class FiguresApi {
    private static final List<String> BY = List.of("unit", "grid", "kind", "severity", "day", "week", "month");

    /** What it reads and where it writes. */
    public record Sources(FigureQueries figures, TicketQueries tickets, Tasks tasks) {}

    private final Sources sources;
    private final ZoneId zone;
    private final TimeSource time;

    public FiguresApi(Sources sources, ZoneId zone, TimeSource time) {
        this.sources = sources;
        this.zone = zone;
        this.time = time;
    }

    public List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.GET, "/api/v1/figures", Policy.SIGNED_IN, this::figures),
                Route.blocking(HttpMethod.POST, "/api/v1/tickets/{id}/verdict", Policy.DISPATCH, this::verdict));
    }

    private HttpResponse figures(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "from", "to", "by");
        Period period = parameters.period(time.wall());
        Instant from = period.from();
        Instant to = period.to();
        List<String> chosen = parameters.choices("by", BY);
        String by = chosen.isEmpty() ? BY.getFirst() : chosen.getFirst();
        FigureQueries.Span span = new FigureQueries.Span(from, to, Visitor.reach(context));
        ObjectNode answer = Json.object().put("from", from.toString()).put("to", to.toString());
        answer.put("by", by);
        ArrayNode groups = answer.putArray("groups");
        groups(span, by).forEach(one -> groups.add(group(one)));
        ArrayNode stays = answer.putArray("stays");
        sources.figures().stays(span).forEach(one -> stays.add(stay(one)));
        ArrayNode verdicts = answer.putArray("verdicts");
        sources.figures().verdicts(span).forEach(one -> verdicts.add(verdicts(one)));
        ArrayNode heat = answer.putArray("heat");
        sources.figures()
                .heat(span, zone)
                .forEach(one -> heat.addObject()
                        .put("grid", one.grid())
                        .put("hour", one.hour())
                        .put("tickets", one.tickets()));
        return Json.response(answer);
    }

    private List<FigureGroup> groups(FigureQueries.Span span, String by) {
        String name = by.toUpperCase(Locale.ROOT);
        return switch (by) {
            case "day", "week", "month" -> sources.figures().groups(span, Grain.valueOf(name), zone);
            case String thing -> sources.figures().groups(span, By.valueOf(name));
        };
    }

    private static ObjectNode group(FigureGroup group) {
        ObjectNode node = Json.object().put("key", group.key()).put("tickets", group.tickets());
        node.put("closed", group.done().closed());
        node.put("reworks", group.done().reworks());
        node.put("sendBacks", group.done().sendBacks());
        node.put("extensions", group.done().extensions());
        FigureGroup.Rates rates = group.rates();
        node.put("deadlines", rates.onTime().of());
        node.put("onTimeRate", rate(rates.onTime()));
        node.put("toClose", rates.closedOnTime().of());
        node.put("closedOnTimeRate", rate(rates.closedOnTime()));
        node.put("reworkRate", rate(rates.reworked()));
        node.put("extensionRate", rate(rates.extended()));
        return node;
    }

    private static ObjectNode stay(FigureQueries.Stay stay) {
        ObjectNode node = Json.object().put("workflow", stay.workflow()).put("state", stay.state());
        node.put("times", stay.times());
        node.put("p50Seconds", stay.half().toMillis() / 1e3);
        node.put("p90Seconds", stay.nineTenths().toMillis() / 1e3);
        return node;
    }

    private static ObjectNode verdicts(FigureQueries.Verdicts row) {
        ObjectNode node = Json.object().put("source", row.source()).put("rule", row.rule());
        node.put("true", row.truth());
        node.put("false", row.falsehood());
        node.put("duplicate", row.duplicate());
        node.put("test", row.test());
        node.put("falseRate", rate(new FigureGroup.Share(row.falsehood(), row.truth() + row.falsehood())));
        return node;
    }

    /** Null of nothing. */
    private static @Nullable Double rate(FigureGroup.Share share) {
        return share.of() == 0 ? null : (double) share.part() / share.of();
    }

    private HttpResponse verdict(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        String ticket = String.valueOf(context.pathParam("id"));
        String verdict = Bodies.object(request).path("verdict").asText("");
        if (!List.of("true", "false", "duplicate", "test").contains(verdict)) {
            throw Bodies.bad(
                    "应为 {\"verdict\": \"true|false|duplicate|test\"}",
                    "expected {\"verdict\": \"true|false|duplicate|test\"}");
        }
        if (sources.tickets().find(ticket, Visitor.reach(context)).isEmpty()) {
            throw new Problem(ProblemType.NOT_FOUND, "没有这个编号的工单", "there is no ticket of this id").toException();
        }
        sources.tasks()
                .commit(new TaskInput.VerdictGiven(
                        ticket, verdict, Visitor.of(context).name()));
        return Json.response(Json.object().put("ticket", ticket).put("verdict", verdict));
    }
}
