package io.fengsui.hub.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.console.http.Cursor;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemException;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.shard.input.CommandDesk;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.store.query.EventQueries;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.hub.store.query.TicketQueries;
import io.fengsui.hub.store.query.TicketQueries.TicketRow;
import io.fengsui.protocol.Severity;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tickets over REST: lists, one with its history, and the steps of the flow. Blocking executor. */
final class TicketsApi {
    static final List<String> SEVERITIES = Arrays.stream(Severity.values())
            .map(severity -> severity.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final String LIST = "tickets";
    private static final int MAX_FACTS = 200;
    private static final int MAX_EVENTS = 20;
    /** Of a flood's ticket the newest. */
    private static final int MAX_JOINED = 2_000;

    private static final int MAX_EARLIER = 5_000;
    /** Kinds of facts that are read however many others came after them. */
    private static final String OPENED = "opened";

    private static final String FOLLOWS = "follows";
    private static final String JOINED = "incident-joined";
    private static final String EVENT_JOINED = "event-joined";
    /** Beside what a question to the boxes takes. */
    private static final int COMMIT_SECONDS = 8;

    private static final Pattern ENTITY_TAG = Pattern.compile("\"([0-9]{1,18})\"");

    private final TicketQueries tickets;
    private final EventQueries events;
    private final TicketFlow flow;
    private final TicketJson json;
    private final CommandDesk desk;
    private final UnitsApi units;

    TicketsApi(HubQueries queries, TicketFlow flow, CommandDesk desk, UnitsApi units) {
        this.tickets = queries.tickets();
        this.events = queries.events();
        this.flow = flow;
        this.json = new TicketJson(flow);
        this.desk = desk;
        this.units = units;
    }

    List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.GET, "/api/v1/tickets", Policy.SIGNED_IN, this::list),
                Route.blocking(HttpMethod.GET, "/api/v1/tickets/{id}", Policy.SIGNED_IN, this::one),
                Route.blocking(HttpMethod.POST, "/api/v1/tickets/{id}/commands", Policy.HANDLE, this::command));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(
                context, "state", "kind", "severity", "site", "unit", "deadline", "routing", "sort", "cursor", "limit");
        parameters.choices("sort", List.of("-openedAt"));
        TicketQueries.Filter filter = new TicketQueries.Filter(
                Visitor.reach(context),
                parameters.choices(
                        "state",
                        flow.states().stream().map(TicketFlow.State::id).toList()),
                parameters.words("kind"),
                parameters.choices("severity", SEVERITIES),
                parameters.words("site"),
                parameters.words("unit"),
                parameters.choices("deadline", List.of("running", "near", "passed")),
                !parameters.choices("routing", List.of("missing")).isEmpty(),
                null);
        int limit = parameters.limit();
        Cursor cursor = parameters.cursor(LIST);
        TicketQueries.After after = cursor == null ? null : new TicketQueries.After(cursor.number(), cursor.id());
        return Json.response(Json.page(
                tickets.newest(filter, after, limit + 1),
                limit,
                json::ticket,
                row -> Cursor.at(LIST, row.times().openedAt(), row.id())));
    }

    private HttpResponse one(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        return whole(context, find(context));
    }

    private TicketRow find(ServiceRequestContext context) {
        return tickets.find(String.valueOf(context.pathParam("id")), Visitor.reach(context))
                .orElseThrow(() ->
                        new Problem(ProblemType.NOT_FOUND, "没有这个编号的工单", "there is no ticket of this id").toException());
    }

    private HttpResponse whole(ServiceRequestContext context, TicketRow row) {
        ObjectNode node = json.ticket(row);
        ArrayNode facts = node.putArray("facts");
        history(row.id()).forEach(fact -> facts.add(json.fact(row.stand().workflow(), fact)));
        ArrayNode ofTicket = node.putArray("events");
        events.ofTicket(new EventQueries.OfTicket(row, joined(row), earlier(row)), MAX_EVENTS)
                .forEach(event -> ofTicket.add(EventJson.whole(event, events.evidenceOf(event.id()))));
        node.set("responsible", units.responsible(row));
        node.set("next", json.next(row.stand(), Visitor.of(context).role()));
        ArrayNode deadlines = node.putArray("deadlines");
        tickets.deadlines(row.id(), MAX_FACTS)
                .forEach(deadline -> deadlines.add(json.deadline(row.stand().workflow(), deadline)));
        return Json.response(HttpStatus.OK, node, "\"" + row.version() + "\"");
    }

    /** The newest facts; and how it began, and after which ticket, however many came after. */
    private Collection<TicketQueries.FactRow> history(String ticket) {
        Map<Long, TicketQueries.FactRow> facts = new TreeMap<>();
        tickets.facts(ticket, List.of(OPENED, FOLLOWS), MAX_EVENTS).forEach(fact -> facts.put(fact.version(), fact));
        tickets.facts(ticket, MAX_FACTS).forEach(fact -> facts.put(fact.version(), fact));
        return facts.values();
    }

    /** Incidents that joined it, by its history. */
    private Set<String> joined(TicketRow row) {
        return said(tickets.facts(row.id(), List.of(JOINED), MAX_JOINED), "incident");
    }

    /** Events that the ticket before told of, by its history. */
    private Set<String> earlier(TicketRow row) {
        Set<String> earlier = new TreeSet<>();
        for (String before : said(tickets.facts(row.id(), List.of(FOLLOWS), MAX_EVENTS), "ticket")) {
            earlier.addAll(said(tickets.facts(before, List.of(OPENED, EVENT_JOINED, JOINED), MAX_EARLIER), "event"));
        }
        return earlier;
    }

    /** What facts say by this key. */
    private static Set<String> said(List<TicketQueries.FactRow> facts, String key) {
        Set<String> said = new TreeSet<>();
        for (TicketQueries.FactRow fact : facts) {
            String one = TicketJson.detail(fact).path(key).asText();
            if (!one.isEmpty()) {
                said.add(one);
            }
        }
        return said;
    }

    /** Tickets for the stream, by their ids; without those that are not there. */
    Map<String, Told> live(List<String> ids) {
        Map<String, Told> told = new HashMap<>();
        for (TicketRow row : tickets.all(ids)) {
            String grid = row.where().place().grid();
            String unit = row.care().unit();
            told.put(row.id(), new Told(json.ticket(row), reach -> reach.covers(grid, unit)));
        }
        return told;
    }

    /**
     * Tickets that left a unit, for the stream: no more than their ids, for those who saw them as that unit's and do not see
     * them any more.
     */
    Map<String, Told> left(List<String> ids) {
        List<Change.Leaving> leavings = ids.stream().map(Change.Leaving::of).toList();
        Map<String, TicketRow> rows =
                tickets
                        .all(leavings.stream()
                                .map(Change.Leaving::ticket)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(TicketRow::id, row -> row));
        Map<String, Told> told = new HashMap<>();
        for (Change.Leaving leaving : leavings) {
            TicketRow row = rows.get(leaving.ticket());
            if (row != null) {
                String grid = row.where().place().grid();
                String unit = row.care().unit();
                told.put(
                        leaving.id(),
                        new Told(
                                Json.object().put("id", row.id()),
                                reach -> reach.covers(grid, leaving.unit()) && !reach.covers(grid, unit)));
            }
        }
        return told;
    }

    private HttpResponse command(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        long expected = expectedVersion(request.headers().get(HttpHeaderNames.IF_MATCH));
        CommandForm form = CommandForm.of(request);
        TicketRow row = find(context);
        User user = Visitor.of(context);
        OperatorCommand command = new OperatorCommand(
                row.id(), form.command(), form.note(), user.name(), expected, form.details(user.roleLabel()));
        return switch (submit(command)) {
            case CommandOutcome.Done done -> afterwards(context, row.id());
            case CommandOutcome.Refused refused -> throw refused(refused);
        };
    }

    /** What they see of the ticket now: nothing, if the step gave it away. */
    private HttpResponse afterwards(ServiceRequestContext context, String ticket) {
        return tickets.find(ticket, Visitor.reach(context))
                .map(row -> whole(context, row))
                .orElseGet(() -> HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT)));
    }

    private CommandOutcome submit(OperatorCommand command) {
        try {
            return desk.submit(command).get(COMMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknownOutcome();
        } catch (ExecutionException | TimeoutException e) {
            throw unknownOutcome();
        }
    }

    private static ProblemException unknownOutcome() {
        return new Problem(
                        ProblemType.BUSY,
                        "中心未在 " + COMMIT_SECONDS + " 秒内答复;请重新读取工单,确认操作是否已生效",
                        "no answer within " + COMMIT_SECONDS + " s; read the ticket again to see whether it was done")
                .toException();
    }

    private static ProblemException refused(CommandOutcome.Refused refused) {
        ProblemType type = switch (refused.cause()) {
            case NO_SUCH_TICKET -> ProblemType.NOT_FOUND;
            case NO_SUCH_STEP -> ProblemType.BAD_BODY;
            case ILLEGAL_STEP -> ProblemType.STEP_NOT_ALLOWED;
            case NOT_YOUR_ROLE -> ProblemType.ROLE_NOT_ALLOWED;
            case SOMETHING_MISSING -> ProblemType.SOMETHING_MISSING;
            case STALE_VERSION -> ProblemType.VERSION_MISMATCH;
            case UNAVAILABLE -> ProblemType.BUSY;
        };
        return new Problem(type, refused.detail().zh(), refused.detail().en()).toException();
    }

    private static long expectedVersion(@Nullable String header) {
        if (header == null) {
            throw new Problem(
                            ProblemType.VERSION_NEEDED,
                            "请在 If-Match 中带上所看到的工单版本(ETag)",
                            "send the ETag of the ticket that you saw as If-Match")
                    .toException();
        }
        Matcher matcher = ENTITY_TAG.matcher(header.strip());
        if (!matcher.matches()) {
            throw new Problem(
                            ProblemType.BAD_PARAMETER,
                            "If-Match 应为工单的 ETag,例如 \"3\"",
                            "If-Match is the ETag of the ticket, for example \"3\"")
                    .toException();
        }
        return Long.parseLong(matcher.group(1));
    }
}
