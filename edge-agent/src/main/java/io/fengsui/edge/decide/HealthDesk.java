package io.fengsui.edge.decide;

import io.fengsui.edge.camera.CameraState;
import io.fengsui.edge.decide.HealthInput.CameraWord;
import io.fengsui.edge.decide.HealthInput.Told;
import io.fengsui.edge.decide.HealthInput.WorkerWord;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Moment;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of the box's own troubles. One dead camera is one event, {@code health.camera.offline}, whatever keeps it
 * from streaming; the attribute {@code cause} tells a refused password or a stream without H.264 (told at once: waiting
 * does not help) from the rest (told after a patience). Confined to {@code decide}.
 */
final class HealthDesk {
    /** How long an event of before a restart is kept open for its part to speak again. */
    static final Duration RESUME_GRACE = Duration.ofSeconds(60);

    /** A part that never worked since the start gets this much longer before it is told: boxes start slowly. */
    static final Duration START_GRACE = Duration.ofSeconds(30);

    private static final String NO_H264 = "no_h264";
    private static final String MODEL_REFUSED = "model_refused";

    private final DecideSettings settings;
    private final EventMaker maker;
    private final EventBook book;
    private final Map<String, Outage> cameras = new LinkedHashMap<>();
    private final Map<Integer, Outage> workers = new LinkedHashMap<>();
    private final Map<String, Long> unconfirmed = new LinkedHashMap<>();

    HealthDesk(DecideSettings settings, EventMaker maker, EventBook book, long nowNanos) {
        this.settings = settings;
        this.maker = maker;
        this.book = book;
        long counted = nowNanos + START_GRACE.toNanos();
        settings.cameras().keySet().forEach(camera -> cameras.put(camera, Outage.unknownSince(counted)));
    }

    List<Event> take(HealthInput input, Moment now) {
        long nanos = now.steadyNanos();
        return switch (input) {
            case CameraWord word -> {
                cameras.computeIfPresent(word.camera(), (_, outage) -> after(outage, word, nanos));
                yield cameras.containsKey(word.camera()) ? tellCamera(word.camera(), now) : List.of();
            }
            case WorkerWord word -> {
                long counted = nanos + START_GRACE.toNanos();
                Outage before = workers.getOrDefault(word.worker(), Outage.unknownSince(counted));
                workers.put(word.worker(), after(before, word, nanos));
                yield tellWorker(word.worker(), now);
            }
            case Told told -> tellOnce(told.notice(), now);
        };
    }

    private static Outage after(Outage before, CameraWord word, long nanos) {
        return switch (word.state()) {
            case STREAMING -> before.up();
            case UNAUTHORIZED -> before.down("unauthorized", word.detail(), true, nanos);
            case WAITING, CONNECTING, PLAYING, OFFLINE -> {
                boolean isAttempt = before.isDefinite() && word.state() != CameraState.OFFLINE;
                boolean isDefinite = isAttempt || word.reason().equals(NO_H264);
                String code = isAttempt ? before.code() : known(word.reason());
                yield before.down(code, word.detail(), isDefinite, nanos);
            }
        };
    }

    private static Outage after(Outage before, WorkerWord word, long nanos) {
        return switch (word.state()) {
            case READY, CLOSED -> before.up();
            case STARTING, DOWN -> {
                boolean isRefused = word.reason().equals(MODEL_REFUSED) || before.isDefinite();
                yield before.down(isRefused ? MODEL_REFUSED : known(word.reason()), word.detail(), isRefused, nanos);
            }
        };
    }

    List<Event> tick(Moment now) {
        List<Event> events = new ArrayList<>();
        List.copyOf(cameras.keySet()).forEach(camera -> events.addAll(tellCamera(camera, now)));
        List.copyOf(workers.keySet()).forEach(worker -> events.addAll(tellWorker(worker, now)));
        List<String> late = unconfirmed.entrySet().stream()
                .filter(e -> now.steadyNanos() >= e.getValue())
                .map(Map.Entry::getKey)
                .toList();
        for (String key : late) {
            unconfirmed.remove(key);
            events.addAll(end(key, now, "restarted", "not said again after a restart"));
        }
        return events;
    }

    /** Takes over an open event of before a restart; returns its end when its part is not there any more. */
    List<Event> resume(Event event, Moment now) {
        book.resume(event, now.steadyNanos());
        String cause = event.attributes().getOrDefault("cause", "offline");
        if (event.kind().equals(EventKind.CAMERA_OFFLINE)) {
            String camera = event.origin().source().id();
            if (!cameras.containsKey(camera)) {
                return end(event.dedupKey(), now, "removed", "the camera is not configured any more");
            }
            cameras.computeIfPresent(camera, (_, outage) -> outage.alreadyTold(cause));
            return List.of();
        }
        if (event.kind().equals(EventKind.VISION_FAILED)) {
            Optional<Integer> worker = workerOf(event);
            worker.ifPresent(
                    w -> workers.put(w, Outage.unknownSince(now.steadyNanos()).alreadyTold(cause)));
        }
        unconfirmed.put(event.dedupKey(), now.steadyNanos() + RESUME_GRACE.toNanos());
        return List.of();
    }

    /** Takes over what another desk knew, for the cameras that there still are. */
    void carry(HealthDesk before) {
        before.cameras.forEach((camera, outage) -> cameras.replace(camera, outage));
        workers.putAll(before.workers);
        unconfirmed.clear();
        unconfirmed.putAll(before.unconfirmed);
    }

    private static Optional<Integer> workerOf(Event event) {
        String part = event.attributes().getOrDefault("part", "");
        return part.matches("worker-[0-9]{1,4}") ? Optional.of(Integer.valueOf(part.substring(7))) : Optional.empty();
    }

    long nextDue() {
        long due = Long.MAX_VALUE;
        for (Outage outage : cameras.values()) {
            due = Math.min(due, dueOf(outage, settings.limits().offlineAfter()));
        }
        for (Outage outage : workers.values()) {
            due = Math.min(due, dueOf(outage, settings.limits().visionDownAfter()));
        }
        for (long at : unconfirmed.values()) {
            due = Math.min(due, at);
        }
        return due;
    }

    private static long dueOf(Outage outage, Duration patience) {
        return outage.isUp() || !outage.told().isEmpty() ? Long.MAX_VALUE : outage.sinceNanos() + patience.toNanos();
    }

    private List<Event> tellCamera(String camera, Moment now) {
        Outage outage = cameras.get(camera);
        HealthNotice notice = outage == null
                ? null
                : notice(EventKind.CAMERA_OFFLINE, Source.camera(camera, ""), "", outage, outage.cause());
        return tell(notice, outage, settings.limits().offlineAfter(), o -> cameras.put(camera, o), now);
    }

    private List<Event> tellWorker(int worker, Moment now) {
        Outage outage = workers.get(worker);
        HealthNotice notice = outage == null
                ? null
                : notice(
                        EventKind.VISION_FAILED,
                        Source.edge(settings.edge()),
                        "worker-" + worker,
                        outage,
                        outage.isDefinite() ? outage.code() : "offline");
        return tell(notice, outage, settings.limits().visionDownAfter(), o -> workers.put(worker, o), now);
    }

    private static HealthNotice notice(EventKind kind, Source source, String part, Outage outage, String cause) {
        return new HealthNotice(
                kind, Severity.MAJOR, source, part, !outage.isUp(), cause, outage.code() + ": " + outage.detail());
    }

    private List<Event> tell(
            @Nullable HealthNotice notice,
            @Nullable Outage outage,
            Duration patience,
            Consumer<Outage> keep,
            Moment now) {
        if (notice == null || outage == null) {
            return List.of();
        }
        Optional<Outage.News> news = outage.news(patience, now.steadyNanos());
        if (news.isEmpty()) {
            return List.of();
        }
        keep.accept(outage.telling(news.get()));
        unconfirmed.remove(notice.dedupKey());
        return switch (news.get()) {
            case BEGUN, CAUSE_CHANGED -> begin(notice, now);
            case ENDED -> end(notice.dedupKey(), now, "recovered", notice.detail());
        };
    }

    private List<Event> tellOnce(HealthNotice notice, Moment now) {
        unconfirmed.remove(notice.dedupKey());
        return notice.isBegun() ? begin(notice, now) : end(notice.dedupKey(), now, notice.code(), notice.detail());
    }

    /** Tells, once there is room again, that slots with events found none: begun and ended at once. */
    List<Event> lost(long slots, Moment now) {
        if (slots == 0) {
            return List.of();
        }
        HealthNotice notice = new HealthNotice(
                EventKind.RECORDS_DROPPED,
                Severity.MAJOR,
                Source.edge(settings.edge()),
                "decide",
                true,
                "spool_full",
                slots + " slots with events found no room");
        List<Event> events = new ArrayList<>(begin(notice, now));
        events.addAll(end(notice.dedupKey(), now, "recovered", "the spool takes slots again"));
        return events;
    }

    /** Begins an event, or tells an open one's new cause. */
    private List<Event> begin(HealthNotice notice, Moment now) {
        Optional<Event> open = book.openUnder(notice.dedupKey());
        if (open.isEmpty()) {
            Event event = maker.health(notice, now);
            book.begin(event, now.steadyNanos());
            return List.of(event);
        }
        boolean isKnown = notice.code().equals(open.get().attributes().get("cause"));
        if (isKnown) {
            return List.of();
        }
        Map<String, String> news = new TreeMap<>(Map.of("cause", notice.code()));
        Reason why = new Reason(EventMaker.stage(notice.kind()), notice.code(), notice.detail());
        return book.update(notice.dedupKey(), notice.severity(), now, news, List.of(why)).stream()
                .toList();
    }

    private List<Event> end(String dedupKey, Moment now, String code, String detail) {
        String stage =
                book.openUnder(dedupKey).map(e -> EventMaker.stage(e.kind())).orElse("edge");
        return book.end(dedupKey, now, Map.of(), List.of(new Reason(stage, code, detail))).stream()
                .toList();
    }

    private static String known(String reason) {
        return reason.isEmpty() ? "unknown" : reason;
    }
}
