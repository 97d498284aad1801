package io.fengsui.hub.console.silence;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.fengsui.hub.console.http.Cursor;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Tasks;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.console.name.NameBook;
import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.notify.silence.BadSilenceException;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.notify.silence.SilenceForm;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.hub.store.query.SilenceQueries;
import io.fengsui.runtime.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Silences, or announced work, over REST: one of these for each purpose. Blocking executor. */
public final class SilencesApi {
    private static final List<String> STATES =
            Stream.of(Silence.State.values()).map(SilencesApi::label).toList();
    private static final Set<String> LISTS = Set.of("kinds", "areas", "sources");
    private static final Set<String> TEXTS = Set.of("from", "until", "comment");
    private static final String TICKET = "ticket";
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_ITEMS = 100;
    /** Among how many the ones of somebody who is confined are looked for; a page may hold fewer than there is room for. */
    private static final int MOST = 1_000;

    /** What it shows and checks: rows, and what people call what they name. */
    public record Sources(HubQueries queries, NameBook names) {}

    private final Silence.Purpose purpose;
    /** Its lists are called so in addresses and cursors. */
    private final String called;

    private final SilenceQueries silences;
    private final SilenceScope scope;
    private final NameBook names;
    private final Tasks tasks;
    private final TimeSource time;

    public SilencesApi(Silence.Purpose purpose, Sources sources, Tasks tasks, TimeSource time) {
        this.purpose = purpose;
        this.called = called(purpose);
        this.silences = sources.queries().silences();
        this.scope = new SilenceScope(purpose, sources.queries().tickets(), sources.names());
        this.names = sources.names();
        this.tasks = tasks;
        this.time = time;
    }

    private static String called(Silence.Purpose purpose) {
        return switch (purpose) {
            case SILENCE -> "silences";
            case MAINTENANCE -> "maintenance";
        };
    }

    public List<Route> routes() {
        String path = "/api/v1/" + called;
        return List.of(
                Route.blocking(HttpMethod.GET, path, Policy.SIGNED_IN, this::list),
                Route.blocking(HttpMethod.POST, path, Policy.DISPATCH, this::put),
                Route.blocking(HttpMethod.DELETE, path + "/{id}", Policy.DISPATCH, this::end));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters parameters = Parameters.of(context, "state", "cursor", "limit");
        List<Silence.State> states = parameters.choices("state", STATES).stream()
                .map(label -> Silence.State.valueOf(label.toUpperCase(Locale.ROOT)))
                .toList();
        int limit = parameters.limit();
        Cursor cursor = parameters.cursor(called);
        Reach reach = Visitor.reach(context);
        int most = reach.isEverywhere() ? limit + 1 : MOST;
        SilenceQueries.After after = cursor == null ? null : new SilenceQueries.After(cursor.number(), cursor.id());
        List<Silence> rows = silences.newest(new SilenceQueries.Wanted(purpose, states), time.wall(), after, most);
        List<Silence> seen = rows.stream()
                .filter(one -> scope.isSeen(one, reach))
                .limit(limit + 1L)
                .toList();
        SilenceNames named = SilenceNames.of(names, seen, reach);
        ObjectNode page = Json.page(seen, limit, one -> json(one, named, context), this::cursor);
        if (seen.size() <= limit && rows.size() == most) {
            page.put("next", cursor(rows.getLast()).encode());
        }
        return Json.response(page);
    }

    private Cursor cursor(Silence silence) {
        return Cursor.at(called, silence.overAt().toEpochMilli(), silence.id());
    }

    private HttpResponse put(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        Map<String, String> texts = texts(request);
        texts.put(SilenceForm.PURPOSE, purpose.label());
        texts.put("author", Visitor.of(context).name());
        String id = UUID.randomUUID().toString();
        try {
            Silence silence = SilenceForm.read(id, texts, time.wall());
            scope.refuseIdle(silence.matcher());
            scope.refuseForeign(silence, Visitor.reach(context));
            scope.refuseUnknown(silence.matcher());
        } catch (BadSilenceException e) {
            throw Bodies.bad(scope.word().zh() + "无效:" + e.why().zh(), e.why().en());
        }
        tasks.commit(new TaskInput.SilencePut(id, texts));
        return Json.response(HttpStatus.CREATED, json(find(id), context), null);
    }

    private HttpResponse end(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        Reach reach = Visitor.reach(context);
        Silence silence = find(String.valueOf(context.pathParam("id")));
        if (!scope.isSeen(silence, reach)) {
            throw scope.none();
        }
        scope.refuseForeign(silence, reach);
        tasks.commit(
                new TaskInput.SilenceEnded(silence.id(), Visitor.of(context).name()));
        return Json.response(json(find(silence.id()), context));
    }

    private Silence find(String id) {
        return silences.find(purpose, id).orElseThrow(scope::none);
    }

    private Map<String, String> texts(AggregatedHttpRequest request) {
        Map<String, String> texts = new TreeMap<>();
        Bodies.object(request)
                .properties()
                .forEach(field -> texts.put(field.getKey(), text(field.getKey(), field.getValue())));
        return texts;
    }

    private String text(String key, JsonNode value) {
        boolean isText = TEXTS.contains(key) || (key.equals(TICKET) && purpose == Silence.Purpose.SILENCE);
        if (isText && value.isTextual() && value.textValue().length() <= MAX_TEXT) {
            return value.textValue();
        }
        if (LISTS.contains(key) && value.isArray() && value.size() <= MAX_ITEMS) {
            List<String> words = new ArrayList<>();
            value.forEach(item -> words.add(item.asText()));
            if (words.stream().allMatch(word -> word.matches("\\S{1,128}"))) {
                return String.join(" ", words);
            }
        }
        throw Bodies.bad("字段 " + key + " 未知或类型不符", "the field " + key + " is unknown or of another type");
    }

    private ObjectNode json(Silence silence, ServiceRequestContext context) {
        return json(silence, SilenceNames.of(names, List.of(silence), Visitor.reach(context)), context);
    }

    private ObjectNode json(Silence silence, SilenceNames named, ServiceRequestContext context) {
        Silence.State state = silence.state(time.wall());
        ObjectNode node = Json.object().put("id", silence.id());
        ArrayNode kinds = node.putArray("kinds");
        silence.matcher().kinds().stream().map(KindPattern::text).forEach(kinds::add);
        ArrayNode areas = node.putArray("areas");
        silence.matcher().areas().forEach(areas::add);
        ArrayNode sources = node.putArray("sources");
        silence.matcher().sources().forEach(sources::add);
        switch (purpose) {
            case SILENCE -> node.put(TICKET, silence.matcher().ticket());
            case MAINTENANCE -> {
                ArrayNode notHeld = node.putArray("notHeld");
                silence.matcher().notHeld().stream().map(KindPattern::text).forEach(notHeld::add);
            }
        }
        node.set("names", named.of(silence));
        node.put("from", silence.from().toString());
        node.put("until", silence.until().toString());
        node.put("author", silence.word().author());
        node.put("comment", silence.word().comment());
        Silence.End end = silence.end();
        node.put("endedAt", end == null ? null : end.at().toString());
        node.put("endedBy", end == null ? "" : end.by());
        node.put("active", state == Silence.State.RUNNING);
        node.put("state", label(state));
        node.put(
                "mayEnd",
                state != Silence.State.OVER
                        && Policy.DISPATCH.allows(Visitor.of(context).role())
                        && scope.isOwn(silence, Visitor.reach(context)));
        return node;
    }

    private static String label(Silence.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
