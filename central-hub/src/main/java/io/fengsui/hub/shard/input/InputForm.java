package io.fengsui.hub.shard.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fengsui.hub.intake.EventLog;
import io.fengsui.hub.intake.evidence.StoredEvidence;
import io.fengsui.hub.intake.greeting.HelloForm;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Lane;
import io.fengsui.protocol.value.Sha256;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An input as bytes of the journal, and back. Records are written as they came; a hello as its wire form; the hub's own
 * inputs as small JSON objects of texts. Every form is kept readable for ever: fields are added, never renamed.
 */
public final class InputForm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};
    private static final int HASH_BYTES = 32;

    private InputForm() {}

    public static JournalEntry encode(int shard, long offset, Instant now, Input input) {
        return switch (input) {
            case Input.RecordTaken taken ->
                new JournalEntry(
                        shard,
                        offset,
                        now,
                        "record",
                        new JournalEntry.LaneKey(
                                taken.edge(),
                                taken.epoch(),
                                taken.lane().name().toLowerCase(Locale.ROOT),
                                taken.content().sequence()),
                        join(taken.content().prefixHash(), taken.content().body()));
            case Input.VolatileTaken taken -> entry(shard, offset, now, "volatile", taken.edge(), taken.body());
            case Input.EdgeGreeted greeted -> {
                byte[] offsetMillis =
                        Long.toString(greeted.clockOffset().toMillis()).getBytes(UTF_8);
                byte[] body = join(Arrays.copyOf(offsetMillis, HASH_BYTES), HelloForm.encode(greeted.hello()));
                yield entry(
                        shard, offset, now, "hello", greeted.hello().identity().edge(), body);
            }
            case Input.EdgeLeft left ->
                entry(shard, offset, now, "goodbye", left.edge(), json(Map.of("detail", left.detail())));
            case Input.LeasesRenewed leases ->
                entry(shard, offset, now, "lease", leases.edge(), json(Map.of("open", joined(leases.open()))));
            case Input.LeasesRanOut leases ->
                entry(shard, offset, now, "lease-over", leases.edge(), json(Map.of("open", joined(leases.open()))));
            case Input.ClockMeasured measured ->
                entry(
                        shard,
                        offset,
                        now,
                        "clock",
                        measured.edge(),
                        json(Map.of("millis", Long.toString(measured.offset().toMillis()))));
            case Input.EdgeFellSilent silent ->
                entry(
                        shard,
                        offset,
                        now,
                        "silence",
                        silent.edge(),
                        json(Map.of("since", silent.since().toString())));
            case Input.HubTrouble trouble ->
                entry(
                        shard,
                        offset,
                        now,
                        "trouble",
                        "",
                        json(Map.of("kind", trouble.kind().value(), "detail", trouble.detail())));
            case Input.ForkFound found ->
                entry(shard, offset, now, "fork", found.fork().edge(), json(fields(found.fork())));
            case Input.EvidenceTaken taken ->
                entry(shard, offset, now, "evidence", taken.evidence().edge(), json(fields(taken.evidence())));
            case Input.CommandGiven given -> entry(shard, offset, now, "command", "", json(fields(given.command())));
            case Input.DeadlineReached reached -> entry(shard, offset, now, "deadline", "", json(fields(reached)));
            case Input.TaskTaken(TaskInput task) -> entry(shard, offset, now, task.kind(), "", json(task.texts()));
            case Input.HandedOver handed ->
                entry(shard, offset, now, "handed", handed.edge(), HandoverForm.journalled(handed));
            case Input.SuspensionOver over ->
                entry(
                        shard,
                        offset,
                        now,
                        "suspension-over",
                        "",
                        json(Map.of(
                                "ticket", over.ticket(), "until", over.until().toString())));
        };
    }

    /** The input of a journal entry; throws {@link IllegalArgumentException} when its bytes are damaged. */
    public static Input decode(JournalEntry entry) {
        String edge = entry.key().edge();
        byte[] body = entry.body();
        return switch (entry.kind()) {
            case "record" ->
                new Input.RecordTaken(
                        edge,
                        entry.key().epoch(),
                        Lane.valueOf(entry.key().lane().toUpperCase(Locale.ROOT)),
                        new Input.Content(
                                entry.key().sequence(),
                                Arrays.copyOfRange(body, HASH_BYTES, body.length),
                                Arrays.copyOf(body, HASH_BYTES)));
            case "volatile" -> new Input.VolatileTaken(edge, body);
            case "hello" -> {
                String millis = new String(body, 0, HASH_BYTES, UTF_8).trim();
                yield new Input.EdgeGreeted(
                        HelloForm.decode(Arrays.copyOfRange(body, HASH_BYTES, body.length)),
                        Duration.ofMillis(Long.parseLong(millis)));
            }
            case "goodbye" -> new Input.EdgeLeft(edge, text(texts(body), "detail"));
            case "lease" -> new Input.LeasesRenewed(edge, split(text(texts(body), "open")));
            case "lease-over" -> new Input.LeasesRanOut(edge, split(text(texts(body), "open")));
            case "clock" ->
                new Input.ClockMeasured(edge, Duration.ofMillis(Long.parseLong(text(texts(body), "millis"))));
            case "silence" -> new Input.EdgeFellSilent(edge, Instant.parse(text(texts(body), "since")));
            case "trouble" ->
                new Input.HubTrouble(new EventKind(text(texts(body), "kind")), text(texts(body), "detail"));
            case "fork" -> new Input.ForkFound(fork(edge, texts(body)));
            case "evidence" -> new Input.EvidenceTaken(evidence(edge, texts(body)));
            case "command" -> new Input.CommandGiven(command(texts(body)));
            case "deadline" -> deadline(texts(body));
            case "handed" -> HandoverForm.ofJournal(edge, body);
            case "suspension-over" ->
                new Input.SuspensionOver(text(texts(body), "ticket"), Instant.parse(text(texts(body), "until")));
            case String other -> new Input.TaskTaken(TaskForm.decode(other, texts(body)));
        };
    }

    private static JournalEntry entry(int shard, long offset, Instant now, String kind, String edge, byte[] body) {
        return new JournalEntry(shard, offset, now, kind, new JournalEntry.LaneKey(edge, "", "", 0), body);
    }

    private static Map<String, String> fields(EventLog.Fork fork) {
        return Map.of(
                "epoch", fork.epoch(),
                "blocked", Boolean.toString(fork.isBlocked()),
                "detail", fork.detail());
    }

    private static EventLog.Fork fork(String edge, Map<String, String> texts) {
        return new EventLog.Fork(
                edge, text(texts, "epoch"), Boolean.parseBoolean(text(texts, "blocked")), text(texts, "detail"));
    }

    private static Map<String, String> fields(StoredEvidence evidence) {
        return Map.of(
                "event", evidence.event().toString(),
                "id", evidence.id().toString(),
                "mediaType", evidence.mediaType(),
                "sha256", evidence.sha256().hex(),
                "size", Long.toString(evidence.size()));
    }

    private static StoredEvidence evidence(String edge, Map<String, String> texts) {
        return new StoredEvidence(
                edge,
                EventId.parse(text(texts, "event")),
                UUID.fromString(text(texts, "id")),
                text(texts, "mediaType"),
                new Sha256(text(texts, "sha256")),
                Long.parseLong(text(texts, "size")));
    }

    private static Map<String, String> fields(OperatorCommand command) {
        OperatorCommand.Details details = command.details();
        Map<String, String> fields = new TreeMap<>(Map.of(
                "ticket", command.ticket(),
                "step", command.step(),
                "note", command.note(),
                "actor", command.actor(),
                "version", Long.toString(command.expectedVersion()),
                "role", details.role(),
                "unit", details.unit(),
                "extension", details.extension()));
        if (details.until() != null) {
            fields.put("until", details.until().toString());
        }
        if (details.found() != null) {
            fields.put("found", details.found().verdict().name());
            fields.put("found-event", details.found().event());
            fields.put("found-picture", details.found().picture());
            fields.put("found-said", details.found().said());
        }
        return fields;
    }

    /** Commands of older versions have no details. */
    private static OperatorCommand command(Map<String, String> texts) {
        String until = texts.getOrDefault("until", "");
        Found found = texts.containsKey("found")
                ? new Found(
                        Found.Verdict.valueOf(text(texts, "found")),
                        text(texts, "found-event"),
                        text(texts, "found-picture"),
                        text(texts, "found-said"))
                : null;
        return new OperatorCommand(
                text(texts, "ticket"),
                text(texts, "step"),
                text(texts, "note"),
                text(texts, "actor"),
                Long.parseLong(text(texts, "version")),
                new OperatorCommand.Details(
                        texts.getOrDefault("role", OperatorCommand.Details.NONE.role()),
                        texts.getOrDefault("unit", ""),
                        texts.getOrDefault("extension", ""),
                        until.isEmpty() ? null : Instant.parse(until),
                        found));
    }

    private static Map<String, String> fields(Input.DeadlineReached reached) {
        return Map.of(
                "ticket", reached.ticket(),
                "step", reached.step(),
                "since", Long.toString(reached.since()),
                "percent", Integer.toString(reached.percent()),
                "due", reached.due().toString());
    }

    private static Input deadline(Map<String, String> texts) {
        return new Input.DeadlineReached(
                text(texts, "ticket"),
                text(texts, "step"),
                Long.parseLong(text(texts, "since")),
                Integer.parseInt(text(texts, "percent")),
                Instant.parse(text(texts, "due")));
    }

    private static String joined(List<EventId> events) {
        return events.stream().map(EventId::toString).collect(Collectors.joining(","));
    }

    private static List<EventId> split(String events) {
        return events.isEmpty()
                ? List.of()
                : Arrays.stream(events.split(",", -1)).map(EventId::parse).toList();
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }

    private static byte[] json(Map<String, String> texts) {
        try {
            return JSON.writeValueAsBytes(new TreeMap<>(texts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written as JSON", e);
        }
    }

    private static Map<String, String> texts(byte[] json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (IOException e) {
            throw new IllegalArgumentException("a journal entry is damaged", e);
        }
    }

    private static String text(Map<String, String> texts, String key) {
        return TaskForm.text(texts, key);
    }
}
