package io.fengsui.fieldsim.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.fieldsim.judge.HubPages;
import io.fengsui.fieldsim.judge.MetricsText;
import io.fengsui.fieldsim.judge.TicketSeen;
import io.fengsui.fieldsim.judge.Verdict;
import io.fengsui.fieldsim.truth.TruthLog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the record of truth with the hub's tickets and prints one JSON object. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        description =
                "Prints one JSON object; exit status 0 only if every scripted happening became exactly one ticket.")
final class JudgeCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--truth", required = true, paramLabel = "FILE", description = "What field-sim run wrote.")
    @SuppressWarnings("NullAway.Init") // required
    private Path truth;

    @Option(names = "--hub", defaultValue = "http://127.0.0.1:8600", description = "The hub (${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // has a default
    private URI hub;

    @Option(
            names = "--edge-metrics",
            paramLabel = "URL",
            description = "The edge agent's metrics, for its counts of frames.")
    private @Nullable URI edgeMetrics;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (HubPages pages = new HubPages(hub)) {
            List<TicketSeen> tickets = pages.tickets();
            Verdict verdict = Verdict.of(TruthLog.read(truth), tickets);
            ObjectNode said = JSON.createObjectNode().put("ok", verdict.isRight());
            addTickets(said, tickets);
            said.put("events", pages.events());
            addFrames(said, pages);
            addDelays(said, verdict);
            addOutcomes(said, verdict);
            spec.commandLine().getOut().println(write(said));
            spec.commandLine().getOut().flush();
            return verdict.isRight() ? 0 : 1;
        }
    }

    private static void addTickets(ObjectNode said, List<TicketSeen> tickets) {
        Map<String, Integer> byKind = new TreeMap<>();
        tickets.forEach(ticket -> byKind.merge(ticket.kind(), 1, Integer::sum));
        ObjectNode node = said.putObject("tickets");
        byKind.forEach(node::put);
    }

    private void addFrames(ObjectNode said, HubPages pages) throws IOException, InterruptedException {
        URI page = edgeMetrics;
        if (page == null) {
            return;
        }
        MetricsText metrics = new MetricsText(pages.get(page));
        said.putObject("frames")
                .put("received", (long) metrics.sum("edge_stream_frames_total"))
                .put("decoded", first(metrics, "edge_vision_decoded_frames_total", "edge_decode_seconds_count"))
                .put("inferred", first(metrics, "edge_vision_inferred_frames_total", "edge_inference_seconds_count"));
    }

    /** The sum of the first metric that there is; -1 for none. */
    private static long first(MetricsText metrics, String exact, String otherwise) {
        double sum = metrics.sum(exact);
        return (long) (sum >= 0 ? sum : metrics.sum(otherwise));
    }

    private static void addDelays(ObjectNode said, Verdict verdict) {
        ObjectNode node = said.putObject("secondsFromTruthToTicket");
        verdict.delays()
                .forEach((kind, delay) ->
                        node.putObject(kind).put("p50", delay.p50()).put("p99", delay.p99()));
    }

    private static void addOutcomes(ObjectNode said, Verdict verdict) {
        ArrayNode happenings = said.putArray("happenings");
        verdict.outcomes()
                .forEach(outcome -> happenings
                        .addObject()
                        .put("id", outcome.happening().id())
                        .put("kind", outcome.happening().kind())
                        .put("source", outcome.happening().source())
                        .put("begun", outcome.begun().toString())
                        .put("tickets", outcome.tickets().size()));
        ArrayNode unplayed = said.putArray("unplayed");
        verdict.unplayed().forEach(happening -> unplayed.add(happening.id()));
        ArrayNode unexpected = said.putArray("unexpected");
        verdict.unexpected()
                .forEach(ticket -> unexpected
                        .addObject()
                        .put("id", ticket.id())
                        .put("kind", ticket.kind())
                        .put("source", ticket.source()));
    }

    private static String write(ObjectNode said) throws JsonProcessingException {
        return JSON.writeValueAsString(said);
    }
}
