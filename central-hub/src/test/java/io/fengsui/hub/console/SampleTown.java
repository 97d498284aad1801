package io.fengsui.hub.console;

import io.fengsui.protocol.value.Sha256;
import io.fengsui.protocol.wire.v1.Event;
import io.fengsui.protocol.wire.v1.RecordBody;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of a small town as the shard's writer would leave them: edges, cameras, sensors, events, tickets, changes. */
final class SampleTown {
    private static final List<String> STATES = List.of(
            "reported",
            "reported",
            "accepted",
            "verified",
            "filed",
            "dispatched",
            "handled",
            "inspected",
            "closed",
            "void");

    private final Handle handle;
    private final Path evidence;
    private final Random random = new Random(7);
    private long changeOffset;

    SampleTown(Handle handle, Path evidence) {
        this.handle = handle;
        this.evidence = evidence;
    }

    void fleet(Instant now) {
        edge("edge-gaodu-01", "高都镇", "Gaodu town", now, true);
        edge("edge-fengtai-01", "凤台社区", "Fengtai community", now, true);
        edge("edge-bagong-02", "巴公镇", "Bagong town", now.minusSeconds(700), false);
        for (SampleScenes.Spot spot : SampleScenes.SPOTS) {
            String edge = edgeOf(spot.grid());
            String table = spot.source().startsWith("cam") ? "camera" : "sensor";
            handle.execute(
                    "INSERT INTO " + table
                            + " (edge, id, name_zh, name_en, place_zh, place_en, grid, longitude, latitude, subject"
                            + (table.equals("sensor") ? ", quantity" : "")
                            + ") VALUES (?, ?, ?, ?, ?, ?, ?, 112.93, 35.52, ''"
                            + (table.equals("sensor") ? ", 'smoke'" : "") + ")",
                    edge,
                    spot.source(),
                    spot.zh(),
                    spot.en(),
                    spot.placeZh(),
                    spot.placeEn(),
                    spot.grid());
        }
    }

    private static String edgeOf(String grid) {
        return grid.startsWith("140502")
                ? "edge-fengtai-01"
                : grid.startsWith("140525-002") ? "edge-bagong-02" : "edge-gaodu-01";
    }

    void edge(String id, String zh, String en, Instant seen, boolean connected) {
        long millis = seen.toEpochMilli();
        handle.execute(
                "INSERT INTO edge VALUES (?, 'jincheng', ?, ?, 'epoch-1', NULL, 'fp', 'boot', '0.1.0', 1, ?, ?, 12, ?, ?, 'cfg')",
                id,
                zh,
                en,
                millis - 86_400_000L,
                millis,
                connected ? 1 : 0,
                connected ? null : millis);
        change("edge", id, "added", millis);
    }

    /** A ticket of a scene with its event, facts and picture; its id. */
    String ticket(int number, SampleScenes.Scene scene, String state, Instant opened) {
        long at = opened.toEpochMilli();
        String id = "20261121-%04d".formatted(number);
        String event = "01939a00-0000-7000-8000-%012d".formatted(number);
        SampleScenes.Spot spot = scene.spot();
        String edge = edgeOf(spot.grid());
        String picture = scene.isCamera() && !scene.kind().startsWith("health")
                ? picture(number, scene, event, id, edge, at)
                : null;
        event(event, scene, spot, edge, number, at);
        incident("inc-" + number, spot, scene, at, id);
        boolean isClosed = state.equals("closed") || state.equals("revisited");
        String category = state.equals("void") ? "void" : isClosed ? "closed" : "open";
        int version = Math.max(1, STATES.indexOf(state));
        handle.execute(
                "INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?, ?, 'nine-steps', ?, ?, 'jincheng', ?, ?, ?, 112.93123, 35.52456, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, X'00', '', '', '', '', '', 0, '', NULL, 0, 0, 0, '')",
                id,
                number,
                "inc-" + number,
                scene.kind(),
                scene.zh(),
                scene.en(),
                scene.severity(),
                state,
                category,
                spot.placeZh(),
                spot.placeEn(),
                spot.grid(),
                scene.isCamera() ? "camera" : "sensor",
                spot.source(),
                spot.zh(),
                spot.en(),
                scene.zone(),
                edge,
                scene.kind() + "/" + spot.source(),
                number % 5 == 0 ? at + 90_000 : null,
                at,
                at - 1_500,
                at,
                isClosed ? at + 1_800_000 : null,
                version,
                picture);
        for (int v = 1; v <= version; v++) {
            String to = v == 1 ? "reported" : v == version ? state : STATES.get(v);
            fact(id, v, at + (v - 1) * 120_000L, v == 1 ? "" : STATES.get(v - 1), to, v == 1 ? "hub" : "李值班员");
        }
        change("ticket", id, "added", at);
        return id;
    }

    /** An incident of another source that joined a ticket, with its event and picture. */
    void joined(String ticket, int number, SampleScenes.Scene scene, String reason, Instant opened) {
        long at = opened.toEpochMilli();
        SampleScenes.Spot spot = scene.spot();
        String event = "01939a00-0000-7000-8000-%012d".formatted(number);
        String edge = edgeOf(spot.grid());
        event(event, scene, spot, edge, number, at);
        incident("inc-" + number, spot, scene, at, ticket);
        String picture = scene.isCamera() ? picture(number, scene, event, ticket, edge, at) : null;
        handle.execute(
                "UPDATE ticket SET evidence_id = COALESCE(evidence_id, ?), version = version + 1 WHERE id = ?",
                picture,
                ticket);
        handle.execute(
                "INSERT INTO ticket_fact SELECT id, version, ?, 'hub', 'incident-joined', '', '', '', ?, X'00', X'00'"
                        + " FROM ticket WHERE id = ?",
                at,
                "{\"event\":\"%s\",\"incident\":\"inc-%d\",\"reason\":\"%s\"}".formatted(event, number, reason),
                ticket);
    }

    /** An incident of a scene that has no ticket yet. */
    void held(String incident, SampleScenes.Scene scene, String reason, Instant since, Instant until) {
        SampleScenes.Spot spot = scene.spot();
        long at = since.toEpochMilli();
        incident(incident, spot, scene, at, null);
        handle.execute(
                "INSERT INTO gathered VALUES (?, ?, 'jincheng', ?, ?, ?, ?, NULL, NULL, ?, ?, 1, ?, NULL, ?, ?, NULL)",
                incident,
                edgeOf(spot.grid()),
                scene.kind() + "/" + spot.source(),
                scene.kind(),
                spot.source(),
                spot.grid(),
                at,
                at,
                "event-of-" + incident,
                reason,
                until.toEpochMilli());
    }

    private void incident(
            String id, SampleScenes.Spot spot, SampleScenes.Scene scene, long at, @Nullable String ticket) {
        handle.execute(
                "INSERT INTO incident VALUES (?, ?, 'jincheng', ?, ?, ?, ?, ?, NULL, ?, 1, 1, 0)",
                id,
                edgeOf(spot.grid()),
                scene.kind() + "/" + spot.source(),
                scene.kind(),
                scene.severity(),
                at,
                at,
                ticket);
    }

    void fact(String ticket, int version, long at, String from, String to, String actor) {
        handle.execute(
                "INSERT INTO ticket_fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}', X'00', X'00')",
                ticket,
                version,
                at,
                actor,
                version == 1 ? "reported" : "stepped",
                from,
                to,
                version == 1 ? "" : "已通知网格员");
    }

    void timer(String id, String kind, String subject, Instant due) {
        handle.execute(
                "INSERT INTO timer (id, shard, due_at, kind, subject) VALUES (?, 0, ?, ?, ?)",
                id,
                due.toEpochMilli(),
                kind,
                subject);
    }

    /** So many, of all scenes and states in turn, the newest last. */
    void tickets(int count, Instant now) {
        for (int i = 0; i < count; i++) {
            ticket(i + 1, SampleScenes.ALL.get(i % 7), state(i), now.minusSeconds((count - i) * 171L));
        }
    }

    void change(String entity, String id, String kind, long at) {
        changeOffset++;
        handle.execute("INSERT INTO change VALUES (0, ?, ?, ?, ?, ?)", changeOffset, at, entity, id, kind);
    }

    /** Of another writer than the first; {@code offset} is its own count. */
    void change(int shard, int offset, String entity, String id) {
        handle.execute("INSERT INTO change VALUES (?, ?, 1, ?, ?, 'added')", shard, offset, entity, id);
    }

    void event(String id, SampleScenes.Scene scene, SampleScenes.Spot spot, String edge, int number, long at) {
        Event event = scene.told(id, spot, edge);
        handle.execute(
                "INSERT INTO event VALUES (?, 1, 'begun', ?, ?, 'urgent', ?, 'jincheng', ?, ?, ?, '', ?, ?, ?, ?, ?, 0, 0, 0, ?, '')",
                id,
                scene.kind(),
                scene.severity(),
                edge,
                scene.isCamera() ? "camera" : "sensor",
                spot.source(),
                scene.zone(),
                event.getDedupKey(),
                at - 1_500,
                at - 1_400,
                at,
                "inc-" + number,
                RecordBody.newBuilder().setEvent(event).build().toByteArray());
    }

    private @Nullable String picture(
            int number, SampleScenes.Scene scene, String event, String ticket, String edge, long at) {
        String id = "0193aaaa-0000-7000-8000-%012d".formatted(number);
        String state = number % 11 == 4 ? "pending" : number % 13 == 6 ? "lost" : "ready";
        String hash = "";
        if (state.equals("ready")) {
            byte[] jpeg = DrawnScene.jpeg(scene.source(), scene.seen(), random);
            hash = Sha256.hashOf(jpeg).hex();
            DrawnScene.write(evidence.resolve(hash), jpeg);
        }
        handle.execute(
                "INSERT INTO evidence VALUES (?, ?, ?, ?, 'image/jpeg', ?, ?, 1, ?, ?, '')",
                id,
                event,
                ticket,
                edge,
                state,
                hash,
                at,
                at);
        return state.equals("ready") ? id : null;
    }

    static String state(int number) {
        return STATES.get(number % STATES.size());
    }
}
