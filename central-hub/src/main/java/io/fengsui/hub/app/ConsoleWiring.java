package io.fengsui.hub.app;

import com.linecorp.armeria.server.ServerBuilder;
import io.fengsui.hub.access.Reception;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.console.Console;
import io.fengsui.hub.console.ConsoleSettings;
import io.fengsui.hub.console.delivery.PreviewApi;
import io.fengsui.hub.console.http.KeptAnswers;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Routes;
import io.fengsui.hub.console.presence.PresenceCheck;
import io.fengsui.hub.evidence.EvidenceFiles;
import io.fengsui.hub.grid.GridBook;
import io.fengsui.hub.intake.EdgeSessions;
import io.fengsui.hub.intake.IntakeCounts;
import io.fengsui.hub.intake.question.QuestionDesk;
import io.fengsui.hub.notify.Delivery;
import io.fengsui.hub.notify.Forecast;
import io.fengsui.hub.notify.TryOutcome;
import io.fengsui.hub.notify.send.SendCounts;
import io.fengsui.hub.ops.HubMetrics;
import io.fengsui.hub.ops.OpsRoutes;
import io.fengsui.hub.ops.Readiness;
import io.fengsui.hub.shard.Shard;
import io.fengsui.hub.shard.ShardSet;
import io.fengsui.hub.shard.input.AccessTask;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.protocol.link.Refusal;
import io.fengsui.protocol.value.Name;
import io.fengsui.runtime.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts together what people and Prometheus see: console, metrics, readiness, behind one door. */
final class ConsoleWiring {
    private static final int FULL_BELOW = 64;

    private final HubSettings.Limits limits;
    private final Console console;
    private final HubMetrics metrics;
    private final Reception reception;
    private final HubQueries queries;
    private final TimeSource time;
    private final ShardSet shards;
    private final Shard shard;
    private final List<Route> routes = new ArrayList<>();

    /** What it shows and whom it asks. */
    record Parts(HubDatabase database, EvidenceFiles files, ShardSet shards, QuestionDesk questions) {}

    ConsoleWiring(HubSettings settings, Parts parts, TimeSource time) {
        shards = parts.shards();
        shard = shards.first();
        limits = settings.access().limits();
        this.time = time;
        TokenCheck token = settings.access().token() == null
                ? TokenCheck.none()
                : TokenCheck.of(settings.access().token().reveal());
        queries = HubQueries.of(parts.database().reader());
        reception = Reception.open(
                new Reception.Terms(
                        token,
                        settings.access().isOpenOnLoopback(),
                        settings.tickets().router().areas(),
                        limits.sessions()),
                new Reception.Stored(
                        queries.access()::accounts, now -> queries.access().sessions(now, limits.sessions())),
                shard.ring(),
                time.wall());
        ConsoleSettings standard = ConsoleSettings.DEFAULT;
        console = new Console(
                new Console.Sources(
                        queries,
                        parts.files()::find,
                        new WorkflowNames(
                                settings.tickets().workflows(),
                                settings.tickets().policy()),
                        new PresenceCheck(
                                settings.tickets().workflows(),
                                queries.tickets(),
                                queries.events(),
                                parts.questions()::ask,
                                shard.ring()),
                        shard.ring(),
                        settings.tickets().router(),
                        new GridBook(settings.grids()),
                        parts.questions()::ask),
                reception,
                new ConsoleSettings(
                        settings.zone(),
                        limits.streams(),
                        standard.heartbeat(),
                        standard.slowest(),
                        shards.all().size()),
                time);
        metrics = new HubMetrics(queries, time);
        String version = ConsoleWiring.class.getPackage().getImplementationVersion();
        metrics.buildInfo(version == null ? "development" : version, "");
        metrics.watch(console);
        watchShard();
        routes.addAll(console.routes());
        HubSettings.Telling telling = settings.tickets().telling();
        routes.addAll(new PreviewApi(
                        queries,
                        new Forecast.Terms(
                                telling.notifications(), settings.tickets().router(), settings.zone()),
                        telling.ladders())
                .routes());
        routes.addAll(new OpsRoutes(metrics, new Standing(shards, new Stuck(shards, time))).routes());
    }

    private void watchShard() {
        shards.all().forEach(one -> one.counts().observe(metrics::committed));
        metrics.gauge(
                "hub.ring.remaining.ratio",
                "Free share of the fullest ring, 0 to 1",
                () -> (double) shards.remaining() / shard.ring().capacity());
        metrics.gauge(
                "hub.journal.lag",
                "Inputs that were taken and are not committed yet",
                () -> shards.sum(one -> one.ring().capacity() - one.ring().remaining()));
        metrics.gauge(
                "hub.ring.waiting.bytes",
                "Bytes of records that wait for the writers",
                () -> shards.sum(one -> one.ring().waitingBytes()));
        metrics.counter(
                "hub.batches",
                "Transactions committed by the writers",
                () -> shards.sum(one -> one.counts().batches()));
        metrics.counter(
                "hub.changes",
                "Committed changes of tickets, events and edges",
                () -> shards.sum(one -> one.counts().changes()));
        metrics.counter(
                "hub.commit.failures",
                "Tries of a transaction that the database failed",
                () -> shards.sum(one -> one.counts().failures()));
        metrics.counter(
                "hub.inputs.quarantined",
                "Inputs on which no decision was possible",
                () -> shards.sum(one -> one.counts().quarantinedInputs()));
        metrics.gauge(
                "hub.inputs.left.over",
                "Inputs that wait for the database to write again",
                () -> shards.sum(one -> one.counts().leftOverInputs()));
        metrics.counter(
                "hub.inputs.lost",
                "Inputs that the database did not take in time",
                () -> shards.sum(one -> one.counts().lostInputs()));
        metrics.counter(
                "hub.inputs.refused",
                "Inputs not taken because the ring was full, or tickets are behind",
                () -> shards.sum(one -> one.counts().refusedInputs()));
    }

    /** Adds what intake counts. */
    void watch(IntakeCounts counts, EdgeSessions sessions) {
        metrics.gauge("hub.sessions", "Edges that are connected and served", sessions::size);
        metrics.counter("hub.records", "Records of edges that were new", counts::records);
        metrics.counter("hub.records.repeated", "Records of edges that were known already", counts::repeatedRecords);
        metrics.counter("hub.evidence.files", "Evidence files received", counts::evidenceFiles);
        metrics.counter("hub.evidence.bytes", "Bytes of evidence received", counts::evidenceBytes);
        metrics.counter(
                "hub.messages.damaged",
                "Messages of edges that were damaged on the way, which ends the connection",
                counts::damagedMessages);
        metrics.counter("hub.edges.turned.away", "Calls of edges without the right token", counts::turnedAwayCalls);
        for (Refusal.Cause cause : Refusal.Cause.values()) {
            metrics.counter(
                    "hub.edges.refused",
                    "Edges refused or cut off, by cause",
                    () -> counts.refusals(cause),
                    "cause",
                    cause.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Adds what is sent. */
    void watch(SendCounts counts) {
        for (TryOutcome outcome : TryOutcome.values()) {
            metrics.counter(
                    "hub.deliveries",
                    "Tries to send a message, by what became of them",
                    () -> counts.tries(outcome),
                    "outcome",
                    outcome.name().toLowerCase(Locale.ROOT));
        }
        metrics.gauge("hub.deliveries.under.way", "Messages that are being sent now", counts::underWay);
        for (Delivery.State state : List.of(Delivery.State.WAITING, Delivery.State.DEAD)) {
            String label = state.name().toLowerCase(Locale.ROOT);
            metrics.gauge(
                    "hub.outbox",
                    "Messages in the outbox that wait, or were given up",
                    () -> queries.outbox().counts().getOrDefault(label, 0L),
                    "state",
                    label);
        }
    }

    /** How the hub stands. */
    private record Standing(ShardSet shards, Stuck stuck) implements Readiness {
        @Override
        public List<Reason> reasons() {
            List<Reason> reasons = new ArrayList<>();
            if (shards.remaining() < FULL_BELOW) {
                reasons.add(
                        new Reason("ring-full", true, new Name("写入队列已满", "the queue in front of the writer is full")));
            }
            if (shards.isFailing()) {
                reasons.add(new Reason(
                        "database",
                        true,
                        new Name("数据库无法写入，或由另一中心写入", "the database does not write, or another hub writes it")));
            }
            if (shards.isBehind(stuck.time().steadyNanos())) {
                reasons.add(new Reason(
                        "tickets-behind",
                        true,
                        new Name(
                                "工单写入落后，已收事件的工单尚未生成",
                                "tickets of events that were taken are not made yet: their writer is behind")));
            }
            return reasons;
        }

        @Override
        public boolean isAlive() {
            return !stuck.isStuck();
        }
    }

    /** Who is let in, and how the first is made. */
    Reception reception() {
        return reception;
    }

    Console console() {
        return console;
    }

    void bind(ServerBuilder server) {
        KeptAnswers answers = new KeptAnswers(
                limits.answers(),
                answer -> shard.ring().take(new AccessTask.AnswerKept(answer.texts(), answer.words())),
                queries.access().answers(time.wall(), limits.answers()));
        Routes.bind(
                server,
                routes,
                new Routes.Front(
                        reception.door(), console.audit(), answers, limits.rate(), time, shard.ring()::clearsIn));
        server.errorHandler(Routes.errors());
    }
}
