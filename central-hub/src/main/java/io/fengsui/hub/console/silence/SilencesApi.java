package io.fengsui.hub.console.silence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemException;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Tasks;
import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.notify.silence.SilenceForm;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.store.query.SilenceQueries;
import io.fengsui.runtime.TimeSource;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Silences over REST. Blocking executor. */
public final class SilencesApi {
    private static final Set<String> LISTS = Set.of("kinds", "areas", "sources");
    private static final Set<String> TEXTS = Set.of("ticket", "from", "until", "author", "comment");
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_ITEMS = 100;

    private final SilenceQueries silences;
    private final Tasks tasks;
    private final TimeSource time;

    public SilencesApi(SilenceQueries silences, Tasks tasks, TimeSource time) {
        this.silences = silences;
        this.tasks = tasks;
        this.time = time;
    }

    public List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.GET, "/api/v1/silences", Policy.TOKEN, this::list),
                Route.blocking(HttpMethod.POST, "/api/v1/silences", Policy.TOKEN, this::put),
                Route.blocking(HttpMethod.DELETE, "/api/v1/silences/{id}", Policy.TOKEN, this::end));
    }

    private HttpResponse list(ServiceRequestContext context, AggregatedHttpRequest request) {
        int limit = Parameters.of(context, "limit").limit();
        ObjectNode answer = Json.object();
        ArrayNode items = answer.putArray("items");
        silences.newest(limit).forEach(one -> items.add(json(one)));
        return Json.response(answer);
    }

    private HttpResponse put(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        Map<String, String> texts = texts(request);
        String id = UUID.randomUUID().toString();
        try {
            SilenceForm.read(id, texts, time.wall());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw bad("这不是有效的静默:" + e.getMessage(), String.valueOf(e.getMessage()));
        }
        tasks.commit(new TaskInput.SilencePut(id, texts));
        return Json.response(HttpStatus.CREATED, json(find(id)), null);
    }

    private HttpResponse end(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        Silence silence = find(String.valueOf(context.pathParam("id")));
        tasks.commit(new TaskInput.SilenceEnded(silence.id(), "console"));
        return Json.response(json(find(silence.id())));
    }

    private Silence find(String id) {
        return silences.find(id)
                .orElseThrow(
                        () -> new Problem(ProblemType.NOT_FOUND, "没有这条静默", "there is no such silence").toException());
    }

    private static Map<String, String> texts(AggregatedHttpRequest request) {
        MediaType type = request.contentType();
        if (type == null || !type.belongsTo(MediaType.JSON)) {
            throw new Problem(ProblemType.MEDIA_TYPE, "请发送 application/json", "send application/json").toException();
        }
        JsonNode body;
        try {
            body = Json.parse(request.contentUtf8());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw bad("不是有效的 JSON", "this is no JSON");
        }
        Map<String, String> texts = new TreeMap<>();
        body.properties().forEach(field -> texts.put(field.getKey(), text(field.getKey(), field.getValue())));
        return texts;
    }

    private static String text(String key, JsonNode value) {
        if (TEXTS.contains(key) && value.isTextual() && value.textValue().length() <= MAX_TEXT) {
            return value.textValue();
        }
        if (LISTS.contains(key) && value.isArray() && value.size() <= MAX_ITEMS) {
            List<String> words = new ArrayList<>();
            value.forEach(item -> words.add(item.asText()));
            if (words.stream().allMatch(word -> word.matches("\\S{1,128}"))) {
                return String.join(" ", words);
            }
        }
        throw bad("字段 " + key + " 未知或类型不符", "the field " + key + " is unknown or of another type");
    }

    private static ProblemException bad(String zh, String en) {
        return new Problem(ProblemType.BAD_BODY, zh, en).toException();
    }

    private ObjectNode json(Silence silence) {
        ObjectNode node = Json.object().put("id", silence.id());
        ArrayNode kinds = node.putArray("kinds");
        silence.matcher().kinds().stream().map(KindPattern::text).forEach(kinds::add);
        ArrayNode areas = node.putArray("areas");
        silence.matcher().areas().forEach(areas::add);
        ArrayNode sources = node.putArray("sources");
        silence.matcher().sources().forEach(sources::add);
        node.put("ticket", silence.matcher().ticket());
        node.put("from", silence.from().toString());
        node.put("until", silence.until().toString());
        node.put("author", silence.word().author());
        node.put("comment", silence.word().comment());
        Silence.End end = silence.end();
        node.put("endedAt", end == null ? null : end.at().toString());
        node.put("endedBy", end == null ? "" : end.by());
        node.put("active", silence.isActive(time.wall()));
        return node;
    }
}
