package io.fengsui.hub.console.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.fengsui.hub.console.http.Tasks;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.send.DeliveryForm;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.store.query.OutboxQueries;
import io.fengsui.hub.store.query.OutboxQueries.TryRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages over REST, for people who are confined to no place or unit: one message may tell of tickets of many. Blocking
 * executor.
 */
public final class DeliveriesApi {
    private static final String LIST = "deliveries";
    private static final int MAX_TRIES = 100;

    private final OutboxQueries outbox;
    private final Tasks tasks;

    public DeliveriesApi(OutboxQueries outbox, Tasks tasks) {
        this.outbox = outbox;
        this.tasks = tasks;
    }

    public List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.GET, "/api/v1/deliveries", Policy.DISPATCH, this::list),
                Route.blocking(HttpMethod.GET, "/api/v1/deliveries/{id}", Policy.DISPATCH, this::one),
                Route.blocking(HttpMethod.POST, "/api/v1/deliveries/{id}/resend", Policy.SUPERVISE, this::resend));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "state", "channel", "ticket", "cursor", "limit");
        List<String> states = parameters.choices("state", List.of("waiting", "delivered", "dead"));
        OutboxQueries.Filter filter = new OutboxQueries.Filter(
                states.isEmpty() ? null : states.getFirst(), parameters.word("channel"), parameters.word("ticket"));
        int limit = parameters.limit();
        if (!Visitor.reach(context).isEverywhere()) {
            return Json.response(
                    Json.page(List.<Delivery>of(), limit, row -> json(row, null), row -> new Cursor(LIST, "", "")));
        }
        Cursor cursor = parameters.cursor(LIST);
        OutboxQueries.After after = cursor == null ? null : new OutboxQueries.After(cursor.number(), cursor.id());
        List<Delivery> rows = outbox.newest(filter, after, limit + 1);
        Map<String, TryRow> last =
                outbox.lastTries(rows.stream().map(Delivery::id).toList());
        return Json.response(Json.page(
                rows,
                limit,
                row -> json(row, last.get(row.id())),
                row -> Cursor.at(LIST, row.plan().made().toEpochMilli(), row.id())));
    }

    private HttpResponse one(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        return whole(find(context));
    }

    private Delivery find(ServiceRequestContext context) {
        return outbox.find(String.valueOf(context.pathParam("id")))
                .filter(found -> Visitor.reach(context).isEverywhere())
                .orElseThrow(
                        () -> new Problem(ProblemType.NOT_FOUND, "没有这条消息", "there is no such message").toException());
    }

    private HttpResponse whole(Delivery delivery) {
        ObjectNode node =
                json(delivery, outbox.lastTries(List.of(delivery.id())).get(delivery.id()));
        ArrayNode log = node.putArray("log");
        outbox.tries(delivery.id(), MAX_TRIES).forEach(tried -> log.add(json(tried)));
        return Json.response(node);
    }

    private HttpResponse resend(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        Delivery delivery = find(context);
        if (delivery.run().state() == Delivery.State.WAITING) {
            throw new Problem(ProblemType.STEP_NOT_ALLOWED, "该消息仍在发送中", "the message still waits to be sent")
                    .toException();
        }
        tasks.commit(
                new TaskInput.ResendAsked(delivery.id(), Visitor.of(context).name()));
        return whole(find(context));
    }

    private static ObjectNode json(TryRow tried) {
        return Json.object()
                .put("number", tried.number())
                .put("at", Json.time(tried.at()))
                .put("millis", tried.millis())
                .put("outcome", tried.outcome())
                .put("detail", tried.detail());
    }

    private static ObjectNode json(Delivery delivery, @Nullable TryRow last) {
        ObjectNode node = Json.object().put("id", delivery.id());
        node.put("contact", delivery.address().contact());
        node.put("channel", delivery.address().channel());
        node.put("state", label(delivery.run().state()));
        node.put("reason", label(delivery.plan().reason()));
        node.put("madeAt", delivery.plan().made().toString());
        node.put("dueAt", delivery.plan().due().toString());
        node.put(
                "nextAt",
                delivery.run().next() == null ? null : delivery.run().next().toString());
        node.put("tries", delivery.run().tries());
        node.set("lastTry", last == null ? null : json(last));
        node.put("omitted", delivery.omitted());
        node.set("notices", DeliveryForm.array(delivery.notices()));
        return node;
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
