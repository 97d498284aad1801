package io.fengsui.hub.console.patrol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.console.http.Cursor;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Period;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Tasks;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.evidence.mark.Mark;
import io.fengsui.hub.evidence.mark.PictureMark;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.store.query.EventQueries;
import io.fengsui.hub.store.query.EventQueries.EventRow;
import io.fengsui.hub.store.query.MarkQueries;
import io.fengsui.runtime.TimeSource;
import java.util.List;
import java.util.Map;

/** Rounds of patrols over REST, and the marks of people on their pictures. Blocking executor. */
public final class PatrolsApi {
    private static final String LIST = "patrols";
    private static final int MAX_NOTE = 500;

    private final EventQueries events;
    private final MarkQueries marks;
    private final Tasks tasks;
    private final TimeSource time;

    public PatrolsApi(EventQueries events, MarkQueries marks, Tasks tasks, TimeSource time) {
        this.events = events;
        this.marks = marks;
        this.tasks = tasks;
        this.time = time;
    }

    public List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.GET, "/api/v1/patrols", Policy.SIGNED_IN, this::list),
                Route.blocking(HttpMethod.GET, "/api/v1/patrols/{id}", Policy.SIGNED_IN, this::one),
                Route.blocking(HttpMethod.POST, "/api/v1/patrols/{id}/marks", Policy.HANDLE, this::mark),
                Route.blocking(HttpMethod.GET, "/api/v1/patrol-figures", Policy.SIGNED_IN, this::figures));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "cursor", "limit");
        int limit = parameters.limit();
        Cursor cursor = parameters.cursor(LIST);
        EventQueries.After after = cursor == null ? null : new EventQueries.After(cursor.number(), cursor.id());
        List<EventRow> rows =
                events.newest(new EventQueries.Filter(Visitor.reach(context), Sheet.ROUND, null), after, limit + 1);
        Map<String, Map<String, PictureMark>> known =
                marks.of(rows.stream().map(EventRow::id).toList());
        return Json.response(Json.page(
                rows,
                limit,
                row -> json(row, known.getOrDefault(row.id(), Map.of())),
                row -> Cursor.at(LIST, row.times().receivedAt(), row.id())));
    }

    private HttpResponse one(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        return whole(find(context));
    }

    private HttpResponse whole(EventRow row) {
        return Json.response(json(row, marks.of(List.of(row.id())).getOrDefault(row.id(), Map.of())));
    }

    private EventRow find(ServiceRequestContext context) {
        return events.find(String.valueOf(context.pathParam("id")), Visitor.reach(context))
                .filter(row -> !Sheet.of(row).cameras().isEmpty())
                .orElseThrow(
                        () -> new Problem(ProblemType.NOT_FOUND, "没有这次巡查", "there is no such round").toException());
    }

    private HttpResponse mark(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        EventRow row = find(context);
        JsonNode body = Bodies.object(request);
        String camera = body.path("camera").asText("");
        String note = body.path("note").asText("").strip();
        Mark mark = Mark.of(body.path("mark").asText("")).orElse(null);
        if (mark == null || note.length() > MAX_NOTE || !Sheet.of(row).cameras().contains(camera)) {
            throw Bodies.bad(
                    "应为 {\"camera\": 本次巡查的摄像机, \"mark\": \"fine|wrong|unclear\", \"note\": 最多 " + MAX_NOTE + " 字}",
                    "expected {\"camera\": one of this round, \"mark\": \"fine|wrong|unclear\", \"note\": " + MAX_NOTE
                            + " characters at most}");
        }
        TaskInput.PictureMarked said;
        try {
            said = new TaskInput.PictureMarked(
                    row.id(), camera, mark.label(), note, Visitor.of(context).name());
        } catch (IllegalArgumentException e) {
            throw Bodies.bad("备注含控制字符", "the note has control characters");
        }
        tasks.commit(said);
        return whole(row);
    }

    private HttpResponse figures(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "from", "to");
        Period period = parameters.period(time.wall());
        MarkQueries.Span span = new MarkQueries.Span(period.from(), period.to(), Visitor.reach(context));
        ObjectNode answer = Json.object()
                .put("from", period.from().toString())
                .put("to", period.to().toString());
        ArrayNode people = answer.putArray("people");
        marks.people(span)
                .forEach(one -> people.addObject()
                        .put("name", one.name())
                        .put("rounds", one.rounds())
                        .put("pictures", one.pictures())
                        .put("wrong", one.wrong())
                        .put("unclear", one.unclear()));
        ArrayNode patrols = answer.putArray("patrols");
        marks.patrols(span)
                .forEach(one -> patrols.addObject()
                        .put("edge", one.edge())
                        .put(
                                "patrol",
                                one.key().startsWith("patrol/") ? one.key().substring(7) : one.key())
                        .put("rounds", one.rounds())
                        .put("answered", one.answered())
                        .put("wrong", one.wrong())
                        .put("halfSeconds", one.half().toSeconds()));
        return Json.response(answer);
    }

    private ObjectNode json(EventRow row, Map<String, PictureMark> known) {
        Sheet sheet = Sheet.of(row);
        ObjectNode node = Json.object().put("id", row.id()).put("edge", row.edge());
        node.put("at", Json.time(row.times().occurredAt()));
        node.put("patrol", sheet.patrol().id());
        node.set("name", Json.name(sheet.patrol().zh(), sheet.patrol().en()));
        ObjectNode picture = node.putObject("sheet");
        EventQueries.EvidenceRow file =
                events.evidenceOf(row.id()).stream().findFirst().orElse(null);
        picture.put("state", file == null ? "none" : file.state());
        picture.put("url", file != null && file.state().equals("ready") ? "/api/v1/evidence/" + file.id() : null);
        picture.put("columns", sheet.columns())
                .put("tileWidth", sheet.tile().width())
                .put("tileHeight", sheet.tile().height());
        ArrayNode cameras = node.putArray("cameras");
        for (String camera : sheet.cameras()) {
            PictureMark mark = known.get(camera);
            ObjectNode one = cameras.addObject()
                    .put("camera", camera)
                    .put("found", sheet.found().contains(camera))
                    .put("missed", sheet.missed().contains(camera));
            one.put("mark", mark == null ? null : mark.mark().label());
            one.put("note", mark == null ? "" : mark.note());
            one.put("markedBy", mark == null ? "" : mark.by());
            one.put("markedAt", mark == null ? null : mark.at().toString());
        }
        return node;
    }
}
