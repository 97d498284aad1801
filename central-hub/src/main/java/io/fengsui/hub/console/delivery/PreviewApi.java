package io.fengsui.hub.console.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.Forecast;
import io.fengsui.hub.notify.Matter;
import io.fengsui.hub.notify.Notice;
import io.fengsui.hub.notify.NoticeKind;
import io.fengsui.hub.notify.ladder.Ladder;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.hub.store.query.OutboxQueries;
import io.fengsui.hub.store.query.TicketQueries.TicketRow;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What will be told of a ticket if nobody does anything about it: messages that wait, and what its ladder, its deadlines and
 * repeats will say, to whom, when, and why then. Blocking executor.
 */
public final class PreviewApi {
    private static final int MOST = 50;
    private static final int MOST_SILENCES = 1_000;

    private final HubQueries queries;
    private final Forecast.Terms terms;
    private final List<Ladder> ladders;

    public PreviewApi(HubQueries queries, Forecast.Terms terms, List<Ladder> ladders) {
        this.queries = queries;
        this.terms = terms;
        this.ladders = List.copyOf(ladders);
    }

    public List<Route> routes() {
        return List.of(Route.blocking(HttpMethod.GET, "/api/v1/tickets/{id}/preview", Policy.DISPATCH, this::preview));
    }

    private HttpResponse preview(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        TicketRow row = queries.tickets()
                .find(String.valueOf(context.pathParam("id")), Visitor.reach(context))
                .orElseThrow(() ->
                        new Problem(ProblemType.NOT_FOUND, "没有这个编号的工单", "there is no ticket of this id").toException());
        ObjectNode answer = Json.object().put("ticket", row.id());
        ArrayNode waiting = answer.putArray("waiting");
        // Its id names the first ticket in it, which may stand where this visitor has no business.
        boolean isNamed = Visitor.reach(context).isEverywhere();
        queries.outbox().waitingFor(row.id(), MOST).forEach(delivery -> waiting(waiting, row.id(), delivery, isNamed));
        ArrayNode coming = answer.putArray("coming");
        boolean isSuspended = row.stand().category().equals("suspended");
        if (!isSuspended) {
            Forecast.of(matter(row), coming(row), terms, queries.outbox()::since, silences(row))
                    .forEach(line -> line(coming, line));
        }
        answer.put("suspendedUntil", isSuspended ? Json.timeOrNull(row.care().suspendedUntil()) : null);
        return Json.response(answer);
    }

    private static void waiting(ArrayNode to, String ticket, Delivery delivery, boolean isNamed) {
        Instant next = delivery.run().next();
        delivery.notices().stream()
                .filter(notice -> notice.ticket().equals(ticket))
                .map(Notice::kind)
                .forEach(kind -> to.addObject()
                        .put("notice", kind.label())
                        .put("contact", delivery.address().contact())
                        .put("channel", delivery.address().channel())
                        .put("dueAt", next == null ? null : next.toString())
                        .put(
                                "reason",
                                delivery.run().tries() > 0
                                        ? "tried-again"
                                        : label(delivery.plan().reason()))
                        .put("delivery", isNamed ? delivery.id() : null));
    }

    private List<Forecast.Coming> coming(TicketRow row) {
        List<Forecast.Coming> coming = new ArrayList<>();
        for (OutboxQueries.Alarm alarm : queries.outbox().alarms(row.id(), MOST)) {
            switch (alarm.kind()) {
                case "deadline" ->
                    coming.add(new Forecast.Coming(
                            isPassing(row, alarm) ? NoticeKind.DEADLINE_PASSED : NoticeKind.DEADLINE_NEAR,
                            alarm.due(),
                            null));
                case "repeat" ->
                    coming.add(new Forecast.Coming(
                            NoticeKind.STILL_OPEN,
                            alarm.due(),
                            List.of(alarm.subject().substring(row.id().length() + 1))));
                case "ladder" -> coming.addAll(ladder(row, alarm.due()));
                case String other -> {}
            }
        }
        return coming;
    }

    /** A deadline's alarm is that of its end, and not of a warning before. */
    private boolean isPassing(TicketRow row, OutboxQueries.Alarm alarm) {
        return queries.tickets().deadlines(row.id(), MOST).stream()
                .anyMatch(deadline -> deadline.endedAt() == null
                        && deadline.dueAt() != null
                        && deadline.dueAt() == alarm.due().toEpochMilli()
                        && alarm.subject().startsWith(row.id() + "/" + deadline.step() + "/"));
    }

    private List<Forecast.Coming> ladder(TicketRow row, Instant due) {
        Ladder.Leaders leaders = level -> terms.policy()
                .leaders(terms.router().areas().path(row.where().place().grid()), level);
        return queries.outbox().escalation(row.id()).stream()
                .flatMap(rung -> ladders.stream()
                        .filter(ladder -> ladder.id().equals(rung.ladder()))
                        .map(ladder ->
                                new Forecast.Coming(NoticeKind.ESCALATED, due, ladder.told(rung.run(), leaders))))
                .toList();
    }

    private Forecast.Silenced silences(TicketRow row) {
        Matter matter = matter(row);
        List<Silence> matching = queries.silences().standing(MOST_SILENCES).stream()
                .filter(silence ->
                        silence.matcher().matches(matter, terms.router().areas()))
                .toList();
        return at -> matching.stream()
                .filter(silence -> silence.isActive(at))
                .map(Silence::until)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Matter matter(TicketRow row) {
        return new Matter(
                row.id(),
                new EventKind(row.subject().kind()),
                Severity.valueOf(row.subject().severity().toUpperCase(Locale.ROOT)),
                row.care().unit(),
                row.where().place().grid(),
                row.where().source().id());
    }

    private static void line(ArrayNode to, Forecast.Line line) {
        to.addObject()
                .put("notice", line.notice().label())
                .put("at", line.at().toString())
                .put("contact", line.contact())
                .put("channel", line.channel())
                .put("dueAt", line.due() == null ? null : line.due().toString())
                .put("reason", line.reason());
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
