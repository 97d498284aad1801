package io.fengsui.hub.console.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.console.http.IdempotencyKey;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Tasks;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.correlate.report.ReportEvent;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.runtime.TimeSource;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Takes reports by people and alerts by Alertmanager. The event's id follows from its sender's {@code Idempotency-Key}, or
 * from the alert's fingerprint and beginning, so that what is sent twice is one event, also after a restart. Blocking
 * executor.
 */
public final class ReportsApi {
    private final Tasks tasks;
    private final TimeSource time;
    private final SecureRandom random = new SecureRandom();

    public ReportsApi(Tasks tasks, TimeSource time) {
        this.tasks = tasks;
        this.time = time;
    }

    public List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.POST, "/api/v1/reports", Policy.HANDLE, this::report),
                Route.blocking(HttpMethod.POST, "/api/v1/alertmanager", Policy.DISPATCH, this::alerts));
    }

    private HttpResponse report(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        EventId id = IdempotencyKey.of(request.headers())
                .map(key -> id("report/" + Visitor.of(context).name() + "/" + key, Instant.EPOCH))
                .orElseGet(() -> EventId.make(time.wall(), random));
        TaskInput.Reported reported = new TaskInput.Reported(
                id.toString(), 1, false, ReportForm.report(Bodies.object(request), id.toString()));
        refuseForeign(context, reported);
        commit(List.of(reported));
        return Json.response(HttpStatus.ACCEPTED, Json.object().put("event", id.toString()), null);
    }

    private HttpResponse alerts(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        List<AlertForm.Alert> alerts = AlertForm.alerts(Bodies.object(request));
        List<TaskInput.Reported> reports = new ArrayList<>();
        for (AlertForm.Alert alert : alerts) {
            EventId id = id("alert/" + alert.fingerprint() + "/" + alert.began(), alert.began());
            reports.add(new TaskInput.Reported(id.toString(), alert.isOver() ? 2 : 1, alert.isOver(), alert.report()));
        }
        reports.forEach(one -> refuseForeign(context, one));
        commit(reports);
        ObjectNode answer = Json.object();
        ArrayNode events = answer.putArray("events");
        reports.forEach(one -> events.add(one.id()));
        return Json.response(HttpStatus.ACCEPTED, answer, null);
    }

    /** Nobody makes tickets at places that they do not see. */
    private static void refuseForeign(ServiceRequestContext context, TaskInput.Reported report) {
        Reach reach = Visitor.reach(context);
        if (!reach.covers(report.report().getOrDefault(ReportEvent.GRID, ""), reach.unit())) {
            throw new Problem(
                            ProblemType.ROLE_NOT_ALLOWED,
                            "请填写您所管区域内的网格(grid)",
                            "name a grid of the areas that you answer for")
                    .toException();
        }
    }

    /** Checks all of them before the first is given on. */
    private void commit(List<TaskInput.Reported> reports) {
        for (TaskInput.Reported one : reports) {
            try {
                ReportEvent.of(one, time.wall());
            } catch (RuntimeException e) {
                throw Bodies.bad("内容无法成为事件:" + e.getMessage(), "this cannot be an event: " + e.getMessage());
            }
        }
        reports.forEach(tasks::commit);
    }

    private static EventId id(String key, Instant at) {
        byte[] seed = Sha256.hashOf(key.getBytes(UTF_8)).bytes();
        return EventId.make(at, new SplittableRandom(ByteBuffer.wrap(seed).getLong()));
    }
}
