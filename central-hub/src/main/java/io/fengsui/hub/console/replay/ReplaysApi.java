package io.fengsui.hub.console.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.fengsui.hub.access.Policy;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.http.Parameters;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemException;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Visitor;
import io.fengsui.hub.store.query.FleetQueries;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import io.fengsui.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replays over REST: the newest {@value #KEPT} are kept in memory, and forgotten when the hub stops. An edge does one at a
 * time; one that does not answer within {@link #PATIENCE} has failed.
 */
public final class ReplaysApi {
    static final int KEPT = 64;
    static final Duration PATIENCE = Duration.ofMinutes(6);

    /** The longest rules in Chinese, in JSON. */
    private static final long MAX_BODY = 4L * Question.ReplayRules.MAX_YAML;

    private static final Pattern SINCE = Pattern.compile("([1-9][0-9]{0,3})([mhd])");
    private static final Duration LONGEST = Duration.ofDays(31);

    private final FleetQueries fleet;
    private final Asker asker;
    private final TimeSource time;
    private final Map<String, Replay> replays = new LinkedHashMap<>();

    /** Asks one edge; always completes. */
    @FunctionalInterface
    public interface Asker {
        CompletableFuture<Answer.Finding> ask(
                String edge, Question.Matter matter, Duration patience, Consumer<Answer.Progress> progress);
    }

    /** @param answer null while it is under way */
    private record Replay(String id, String edge, Instant since, double share, Answer.@Nullable Finding answer) {
        Replay at(double newShare) {
            return new Replay(id, edge, since, newShare, answer);
        }

        Replay with(Answer.Finding finding) {
            return new Replay(id, edge, since, 1, finding);
        }
    }

    public ReplaysApi(FleetQueries fleet, Asker asker, TimeSource time) {
        this.fleet = fleet;
        this.asker = asker;
        this.time = time;
    }

    public List<Route> routes() {
        return List.of(
                Route.blocking(HttpMethod.POST, "/api/v1/edges/{id}/replays", Policy.SUPERVISE, this::start)
                        .upTo(MAX_BODY),
                Route.blocking(HttpMethod.GET, "/api/v1/replays/{id}", Policy.SUPERVISE, this::get));
    }

    private HttpResponse start(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        String edge = String.valueOf(context.pathParam("id"));
        if (!isSeen(context, edge)) {
            throw new Problem(ProblemType.NOT_FOUND, "没有这个边缘网关", "there is no such edge").toException();
        }
        JsonNode body = Bodies.object(request);
        Instant since = time.wall().minus(since(body.path("since").asText("7d")));
        Question.ReplayRules question;
        try {
            question = new Question.ReplayRules(body.path("rules").asText(""), since);
        } catch (IllegalArgumentException e) {
            throw Bodies.bad(
                    "rules 应为边缘配置中 rules: 部分的文本,最多 " + Question.ReplayRules.MAX_YAML + " 字",
                    "rules is the text of 'rules:' as in the edge's configuration, " + Question.ReplayRules.MAX_YAML
                            + " characters at most");
        }
        Replay replay = new Replay(UUID.randomUUID().toString(), edge, since, 0, null);
        keep(replay);
        var _ = asker.ask(edge, question, PATIENCE, progress -> change(replay.id(), progress))
                .thenAccept(finding -> change(replay.id(), finding));
        return Json.response(HttpStatus.ACCEPTED, json(find(replay.id())), null);
    }

    private boolean isSeen(ServiceRequestContext context, String edge) {
        return fleet.edge(edge, Visitor.reach(context)).isPresent();
    }

    private synchronized void keep(Replay replay) {
        replays.put(replay.id(), replay);
        if (replays.size() > KEPT) {
            replays.remove(replays.keySet().iterator().next());
        }
    }

    private synchronized void change(String id, Answer.Finding finding) {
        replays.computeIfPresent(
                id,
                (_, replay) -> finding instanceof Answer.Progress progress
                        ? replay.at(progress.share())
                        : replay.with(finding));
    }

    private synchronized Replay find(String id) {
        Replay replay = replays.get(id);
        if (replay == null) {
            throw noReplay();
        }
        return replay;
    }

    private static ProblemException noReplay() {
        return new Problem(ProblemType.NOT_FOUND, "没有这次回放", "there is no such replay").toException();
    }

    private HttpResponse get(ServiceRequestContext context, AggregatedHttpRequest request) {
        Parameters.of(context);
        Replay replay = find(String.valueOf(context.pathParam("id")));
        if (!isSeen(context, replay.edge())) {
            throw noReplay();
        }
        return Json.response(json(replay));
    }

    private static Duration since(String text) {
        Matcher matcher = SINCE.matcher(text);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration back = switch (matcher.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case String days -> Duration.ofDays(count);
            };
            if (back.compareTo(LONGEST) <= 0) {
                return back;
            }
        }
        throw Bodies.bad("since 应为 7d、12h 或 30m,最长 31d", "since is 7d, 12h or 30m, 31d at most");
    }

    private static ObjectNode json(Replay replay) {
        ObjectNode node = Json.object().put("id", replay.id()).put("edge", replay.edge());
        node.put("since", replay.since().toString()).put("share", replay.share());
        switch (replay.answer()) {
            case null -> node.put("state", "running");
            case Answer.Replayed replayed -> result(node.put("state", "done"), replayed);
            case Answer.Nothing nothing -> node.put("state", "failed").put("reason", nothing.reason());
            case Answer.Activity _, Answer.Presence _, Answer.Latest _, Answer.Progress _ ->
                node.put("state", "failed").put("reason", "the edge answered something else");
        }
        return node;
    }

    private static void result(ObjectNode node, Answer.Replayed replayed) {
        node.put("from", replayed.from().toString()).put("to", replayed.to().toString());
        node.put("pictures", replayed.pictures()).put("readings", replayed.readings());
        node.put("damagedSegments", replayed.damaged());
        node.put(
                "would",
                replayed.rules().stream().mapToInt(Answer.Replayed.Rule::would).sum());
        node.put(
                "was",
                replayed.rules().stream().mapToInt(Answer.Replayed.Rule::was).sum());
        ArrayNode rules = node.putArray("rules");
        replayed.rules()
                .forEach(rule -> rules.addObject()
                        .put("rule", rule.rule())
                        .put("would", rule.would())
                        .put("was", rule.was()));
        ArrayNode differences = node.putArray("differences");
        replayed.differences()
                .forEach(one -> differences
                        .addObject()
                        .put("change", one.would() ? "+" : "-")
                        .put("at", one.at().toString())
                        .put("rule", one.rule())
                        .put("subject", one.subject())
                        .put("severity", one.severity().name().toLowerCase(Locale.ROOT)));
        node.put("moreDifferences", replayed.more());
    }
}
