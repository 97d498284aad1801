package io.fengsui.hub.app;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.fengsui.hub.access.Reception;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.console.http.socket.AcceptLoop;
import io.fengsui.hub.console.http.socket.UnansweredLimit;
import io.fengsui.hub.evidence.EvidenceFiles;
import io.fengsui.hub.fleet.Edge;
import io.fengsui.hub.fleet.Liveness;
import io.fengsui.hub.intake.EdgeLinkService;
import io.fengsui.hub.intake.EdgeSessions;
import io.fengsui.hub.intake.Intake;
import io.fengsui.hub.intake.IntakeCounts;
import io.fengsui.hub.intake.question.QuestionDesk;
import io.fengsui.hub.notify.send.Dispatcher;
import io.fengsui.hub.notify.send.SendCounts;
import io.fengsui.hub.shard.CommitListener;
import io.fengsui.hub.shard.Shard;
import io.fengsui.hub.shard.ShardSet;
import io.fengsui.hub.shard.stage.Change;
import io.fengsui.hub.store.HubDatabase;
import io.fengsui.hub.store.SqliteLibrary;
import io.fengsui.hub.store.UnfitDatabaseException;
import io.fengsui.hub.store.query.OutboxQueries;
import io.fengsui.hub.store.rows.EdgeRows;
import io.fengsui.runtime.BootId;
import io.fengsui.runtime.CloseStack;
import io.fengsui.runtime.RoleThreads;
import io.fengsui.runtime.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub put together: database, shards, edges' service, console, on one port. Started by {@link #start}; stopped by
 * {@link #close()}, last first: no edge may say more, what waits is committed, the database is closed.
 */
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final int READERS = 4;
    private static final Duration LOOK_AT_ACCOUNTS = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofMillis(200);
    /** An edge needs two, a page with its pictures some dozens. */
    private static final int STREAMS_A_CONNECTION = 256;

    /** Who adds to the server: each is called once, before the server is started. */
    @FunctionalInterface
    public interface Service extends Consumer<ServerBuilder> {}

    private final HubSettings settings;
    private final CloseStack parts;
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final HubDatabase database;
    private final ShardSet shards;
    private final EdgeSessions sessions;
    private final Server server;
    private final Dispatcher dispatcher;
    private final Reception reception;

    private Hub(HubSettings settings, TimeSource time, CloseStack parts, List<Service> more) {
        this.settings = settings;
        this.parts = parts;
        folders();
        DataLock lock = parts.push("lock", DataLock.take(settings.data()));
        database = parts.push("database", open(settings));
        Liveness liveness = new Liveness(time);
        shards = ShardWiring.shards(
                settings, new ShardWiring.Rows(database, lock.owner()), time, liveness, List.of(this::onCommit));
        List<Edge> connected = new EdgeRows(database.writer(), false)
                .all().stream().filter(Edge::isConnected).toList();
        database.writer().discard(); // the shard's thread opens its own
        shards.start();
        parts.push("shards", shards);
        connected.forEach(edge -> shards.left(edge.id(), "the hub was started again"));

        EvidenceFiles files = new EvidenceFiles(settings.data().resolve("evidence"));
        List<Service> services = new ArrayList<>();
        QuestionDesk questions = new QuestionDesk(time::wall, shards::appendVolatile);
        parts.push("questions", RoleThreads.every(Duration.ofSeconds(1), "questions", () -> {
            questions.tick();
            return true;
        })::shutdownNow);
        ConsoleWiring console =
                new ConsoleWiring(settings, new ConsoleWiring.Parts(database, files, shards, questions), time);
        parts.push("console", console.console());
        console.console().feed().start();
        listeners.add(console.console().feed());
        services.add(console::bind);
        reception = console.reception();
        parts.push("access", RoleThreads.every(LOOK_AT_ACCOUNTS, "access", this::lookAtAccounts)::shutdownNow);
        SendCounts sent = new SendCounts();
        dispatcher = parts.push(
                "notify",
                new Dispatcher(
                        settings.tickets().telling().notifications().channels(),
                        new OutboxQueries(database.reader()),
                        shards.first().ring()::task,
                        time,
                        sent));
        dispatcher.start();
        console.watch(sent);
        IntakeCounts counts = new IntakeCounts();
        sessions = new EdgeSessions(shards, liveness, settings.edges(), time);
        console.watch(counts, sessions);
        Intake intake = new Intake(
                shards,
                files,
                sessions,
                liveness,
                settings.edges(),
                counts,
                questions,
                new Intake.Clock(time, BootId.current()));
        services.add(server -> EdgeLinkService.bind(server, intake));
        services.addAll(more);
        server = server(services);
        parts.push("server", server);
        listen();
        parts.push("sessions", sessions);
    }

    /** Starts a hub; what was started is stopped again when a part fails to start. */
    public static Hub start(HubSettings settings, TimeSource time, List<Service> more) {
        CloseStack parts = new CloseStack();
        try {
            return new Hub(settings, time, parts, more);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private boolean lookAtAccounts() {
        try {
            reception.accounts().reload();
            reception.accounts().keepUsed();
        } catch (RuntimeException e) {
            LOG.debug("accounts cannot be read now", e);
        }
        return true;
    }

    private void listen() {
        try {
            server.start().join();
        } catch (CompletionException e) {
            Throwable cause = Exceptions.peel(e);
            if (!(cause instanceof IOException)) {
                throw e;
            }
            HubSettings.Listen listen = settings.listen();
            throw new StartFailedException(
                    "the hub cannot listen on " + listen.address().getHostAddress() + ":" + listen.port() + " ("
                            + cause.getMessage()
                            + "): stop the program that has the port, or set another listen.address or listen.port",
                    cause);
        }
    }

    private static HubDatabase open(HubSettings settings) {
        try {
            SqliteLibrary.keepIn(settings.data().resolve("native"));
            return HubDatabase.open(settings.database(), READERS);
        } catch (UnfitDatabaseException e) {
            throw new StartFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private void folders() {
        try {
            Files.createDirectories(settings.data());
        } catch (IOException e) {
            throw new StartFailedException("the data folder cannot be made: " + settings.data(), e);
        }
    }

    private void onCommit(List<Change> changes) {
        listeners.forEach(listener -> listener.onCommit(changes));
    }

    private Server server(List<Service> services) {
        HubSettings.Listen listen = settings.listen();
        InetSocketAddress address = new InetSocketAddress(listen.address(), listen.port());
        ServerBuilder builder = Server.builder()
                .bossGroupFactory(AcceptLoop::named)
                .childChannelPipelineCustomizer(UnansweredLimit::guard)
                .http2MaxStreamsPerConnection(STREAMS_A_CONNECTION)
                .gracefulShutdownTimeout(QUIET, Duration.ofSeconds(1))
                .requestTimeout(Duration.ofSeconds(30));
        if (listen.tls() == null) {
            builder.port(address, SessionProtocol.HTTP);
        } else {
            builder.port(address, SessionProtocol.HTTPS)
                    .tls(TlsKeyPair.of(
                            listen.tls().key().toFile(),
                            listen.tls().certificate().toFile()));
        }
        services.forEach(service -> service.accept(builder));
        return builder.build();
    }

    /** Looks what is due once a second from now on. */
    void keepTime() {
        parts.push("ticker", new Ticker("tick", this::tick));
    }

    /** Looks what is due. Who gives the hub a clock of its own calls it, and never {@link #keepTime()}. */
    public void tick() {
        sessions.sweep();
        shards.tick();
        dispatcher.wake();
    }

    /** The port that it answers on. */
    public int port() {
        // Not activeLocalPort: that knows of loopback and wildcard addresses only.
        ServerPort port = server.activePort();
        if (port == null) {
            throw new IllegalStateException("the hub does not listen");
        }
        return port.localAddress().getPort();
    }

    /** Who is let in, and how the first is made. */
    Reception reception() {
        return reception;
    }

    /** The shard that decides about tickets. */
    public Shard shard() {
        return shards.first();
    }

    public ShardSet shards() {
        return shards;
    }

    public HubDatabase database() {
        return database;
    }

    /** Stops as if the process had died: nothing that waits is committed. */
    void abort() {
        shards.abort();
        parts.close();
    }

    @Override
    public void close() {
        parts.close();
    }
}
