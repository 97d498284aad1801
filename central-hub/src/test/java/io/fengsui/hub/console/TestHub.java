package io.fengsui.hub.console;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.fengsui.hub.access.RateSettings;
import io.fengsui.hub.access.Reception;
import io.fengsui.hub.access.SessionSettings;
import io.fengsui.hub.access.TokenCheck;
import io.fengsui.hub.access.answer.AnswerSettings;
import io.fengsui.hub.access.user.Account;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.access.user.Scope;
import io.fengsui.hub.access.user.User;
import io.fengsui.hub.console.delivery.PreviewApi;
import io.fengsui.hub.console.http.KeptAnswers;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Routes;
import io.fengsui.hub.console.http.socket.AcceptLoop;
import io.fengsui.hub.console.replay.ReplaysApi;
import io.fengsui.hub.grid.GridBook;
import io.fengsui.hub.grid.GridCell;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.notify.Forecast;
import io.fengsui.hub.notify.NotifyPolicy;
import io.fengsui.hub.ops.HubMetrics;
import io.fengsui.hub.ops.OpsRoutes;
import io.fengsui.hub.ops.Readiness;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.Input;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.shard.input.TaskDesk;
import io.fengsui.hub.shard.input.TaskInput;
import io.fengsui.hub.shard.stage.ChangeLog;
import io.fengsui.hub.shard.stage.Stage;
import io.fengsui.hub.shard.stage.Turn;
import io.fengsui.hub.store.DatabaseSettings;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.hub.store.query.TicketQueries.TicketRow;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.value.Name;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A console on a real port over a real database, with a desk that carries commands out in the same tables. */
final class TestHub implements AutoCloseable {
    /** One that is no area of a tree. */
    static final GridBook GRIDS = new GridBook(List.of(new GridCell("140525-099", new Name("边远网格", "Far grid"))));

    final HubDatabase database;
    final Path evidence;
    final SampleTown town;
    final Console console;
    final Reception reception;
    final TestFlow flow = new TestFlow();
    final HubQueries queries;
    /** Where the desks of the console's people are told, and the hub's own parts. */
    final TaskDesk tasks;

    final List<Route> routes = new ArrayList<>();
    volatile Duration busyFor = Duration.ofMillis(1_500);
    /** Whether the writer commits. */
    volatile boolean isWriting = true;
    /** What the console handed to the writer. */
    final List<TaskInput> taken = new CopyOnWriteArrayList<>();

    final List<Readiness.Reason> reasons = new CopyOnWriteArrayList<>();
    /** Answers in the place of edges. */
    volatile ReplaysApi.Asker edges =
            (edge, matter, patience, progress) -> CompletableFuture.completedFuture(new Answer.Nothing("no edge here"));

    private final Server server;
    private final HttpClient client = HttpClient.newHttpClient();

    TestHub(Path folder, TokenCheck token, ConsoleSettings settings, int port) throws IOException {
        this(folder, token, settings, port, AreaBook.EMPTY);
    }

    TestHub(Path folder, TokenCheck token, ConsoleSettings settings, int port, AreaBook areas) throws IOException {
        this(folder, token, settings, port, new Router(areas, List.of()));
    }

    TestHub(Path folder, TokenCheck token, ConsoleSettings settings, int port, Router router) throws IOException {
        AreaBook areas = router.areas();
        database = HubDatabase.open(new DatabaseSettings.SqliteFile(folder.resolve("hub.db")), 4);
        evidence = Files.createDirectories(folder.resolve("evidence"));
        town = new SampleTown(database.writer().handle(), evidence);
        queries = HubQueries.of(database.reader());
        List<Stage> desks = TestDesks.of(database.writer(), areas);
        tasks = task -> {
            if (!isWriting) {
                return CompletableFuture.completedFuture(false);
            }
            taken.add(task);
            write(town -> {
                Turn turn = new Turn(TimeSource.system().wall(), 0, 0, new ChangeLog());
                desks.forEach(desk -> desk.take(new Input.TaskTaken(task), turn));
                desks.forEach(Stage::write);
            });
            return CompletableFuture.completedFuture(true);
        };
        reception = Reception.open(
                new Reception.Terms(token, !token.isRequired(), areas, SessionSettings.DEFAULT),
                new Reception.Stored(
                        queries.access()::accounts, now -> queries.access().sessions(now, SessionSettings.DEFAULT)),
                tasks,
                TimeSource.system().wall());
        EvidenceShelf files = hash -> {
            Path file = evidence.resolve(hash);
            return Files.exists(file) ? file : null;
        };
        console = new Console(
                new Console.Sources(
                        queries,
                        files,
                        flow,
                        this::carryOut,
                        tasks,
                        router,
                        GRIDS,
                        (edge, matter, patience, progress) -> edges.ask(edge, matter, patience, progress)),
                reception,
                settings,
                TimeSource.system());
        ServerBuilder builder = Server.builder()
                .bossGroupFactory(AcceptLoop::named)
                .idleTimeout(Duration.ZERO)
                .requestTimeout(Duration.ofMinutes(1))
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        HubMetrics metrics = new HubMetrics(queries, TimeSource.system());
        metrics.buildInfo("0.1.0", "test");
        metrics.watch(console);
        routes.addAll(console.routes());
        Forecast.Terms telling = new Forecast.Terms(
                new NotifyPolicy(List.of(), List.of(TestDesks.CENTRE), Map.of()), router, ZoneId.of("Asia/Shanghai"));
        routes.addAll(new PreviewApi(queries, telling, List.of()).routes());
        routes.addAll(new OpsRoutes(metrics, () -> reasons).routes());
        KeptAnswers answers = new KeptAnswers(AnswerSettings.DEFAULT, KeptAnswers.Shelf.NONE, List.of());
        Routes.bind(
                builder,
                routes,
                new Routes.Front(
                        reception.door(),
                        console.audit(),
                        answers,
                        RateSettings.DEFAULT,
                        TimeSource.system(),
                        () -> busyFor));
        builder.errorHandler(Routes.errors());
        server = builder.build();
        server.start().join();
        console.feed().start();
        // The JDK's client loses its place in a large answer to the request with which it changes to HTTP/2 ("EOF
        // reached
        // while reading", or a frame of megabytes): it changes with a small one.
        client.sendAsync(HttpRequest.newBuilder(uri("/icon.svg")).build(), HttpResponse.BodyHandlers.discarding())
                .join();
    }

    static TestHub open(Path folder) throws IOException {
        return new TestHub(folder, TokenCheck.none(), ConsoleSettings.DEFAULT, 0);
    }

    /** A header that carries the session of a fresh account of these rights. */
    String[] signedIn(String name, Role role, String unit, String... areas) {
        Instant now = TimeSource.system().wall().truncatedTo(ChronoUnit.MILLIS);
        User user = new User(name, role, new Scope(List.of(areas), unit));
        reception
                .accounts()
                .change(name, old -> new Account(user, "none", new Account.Standing(false, now, now, "test")));
        return new String[] {
            "cookie",
            "fengsui-session=" + reception.door().sessions().open(name, now).id()
        };
    }

    int port() {
        return server.activeLocalPort();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .headers(headers)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The status of an answer, without waiting for its end. */
    int status(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .headers(headers);
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    /** Does something to the rows in one transaction, as the shard's writer does, and tells of the commit. */
    synchronized void write(Consumer<SampleTown> work) {
        database.writer().handle().useTransaction(handle -> work.accept(town));
        console.feed().onCommit(List.of());
    }

    private CompletableFuture<CommandOutcome> carryOut(OperatorCommand command) {
        TicketRow row =
                queries.tickets().find(command.ticket(), Reach.EVERYWHERE).orElseThrow();
        if (command.expectedVersion() != row.version()) {
            return refused(CommandOutcome.Cause.STALE_VERSION);
        }
        String next = flow.after(row.stand().state(), command.step());
        if (next.isEmpty()) {
            return refused(CommandOutcome.Cause.ILLEGAL_STEP);
        }
        long now = TimeSource.system().wall().toEpochMilli();
        long version = row.version() + 1;
        write(town -> {
            String category = next.equals("void")
                    ? "void"
                    : next.equals("closed") ? "closed" : row.stand().category();
            database.writer()
                    .handle()
                    .execute(
                            "UPDATE ticket SET state = ?, category = ?, version = ?, updated_at = ?, unit = ? WHERE id = ?",
                            next,
                            category,
                            version,
                            now,
                            command.details().unit().isEmpty()
                                    ? row.care().unit()
                                    : command.details().unit(),
                            row.id());
            String unit = row.care().unit();
            if (!command.details().unit().isEmpty() && !unit.isEmpty()) {
                town.change("left", row.id() + " " + unit, "changed", now);
            }
            town.fact(row.id(), (int) version, now, row.stand().state(), next, command.actor());
            town.change("ticket", row.id(), "changed", now);
        });
        return CompletableFuture.completedFuture(new CommandOutcome.Done(row.id(), version, next));
    }

    private static CompletableFuture<CommandOutcome> refused(CommandOutcome.Cause cause) {
        return CompletableFuture.completedFuture(new CommandOutcome.Refused(cause, new Name("不行", "no")));
    }

    @Override
    public void close() {
        console.close();
        server.stop().join();
        database.close();
    }
}
