package io.fengsui.hub.console;

import io.fengsui.hub.access.Reception;
import io.fengsui.hub.console.account.AuditApi;
import io.fengsui.hub.console.account.SignInApi;
import io.fengsui.hub.console.account.UsersApi;
import io.fengsui.hub.console.delivery.DeliveriesApi;
import io.fengsui.hub.console.figures.ExportApi;
import io.fengsui.hub.console.figures.FiguresApi;
import io.fengsui.hub.console.http.Audit;
import io.fengsui.hub.console.http.Route;
import io.fengsui.hub.console.http.Tasks;
import io.fengsui.hub.console.name.NameBook;
import io.fengsui.hub.console.name.NamesApi;
import io.fengsui.hub.console.patrol.PatrolsApi;
import io.fengsui.hub.console.replay.ReplaysApi;
import io.fengsui.hub.console.report.ReportsApi;
import io.fengsui.hub.console.silence.HeldApi;
import io.fengsui.hub.console.silence.SilencesApi;
import io.fengsui.hub.grid.GridBook;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.shard.input.CommandDesk;
import io.fengsui.hub.shard.input.TaskDesk;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.runtime.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that people and programs see, put together. The wiring registers {@link #feed()} with the shard's writer,
 * starts it, and binds {@link #routes()}.
 */
public final class Console implements AutoCloseable {
    private final ChangeFeed feed;
    private final ChangeStream stream;
    private final List<Route> routes;
    private final Audit audit;

    /** What the console stands on: rows, files, the flow's words and the desk for commands. */
    public record Sources(
            HubQueries queries,
            EvidenceShelf files,
            TicketFlow flow,
            CommandDesk desk,
            TaskDesk tasks,
            Router router,
            GridBook grids,
            ReplaysApi.Asker asker) {}

    public Console(Sources sources, Reception reception, ConsoleSettings settings, TimeSource time) {
        HubQueries queries = sources.queries();
        UnitsApi units = new UnitsApi(queries.counts(), sources.router(), settings.zone(), time);
        TicketsApi tickets = new TicketsApi(queries, sources.flow(), sources.desk(), units);
        EventsApi events = new EventsApi(queries.events());
        FleetApi fleet = new FleetApi(queries, sources.flow(), settings.zone());
        Tasks tasks = new Tasks(sources.tasks());
        NameBook names = new NameBook(
                new NameBook.Places(sources.router(), sources.grids()),
                sources.flow().kinds(),
                queries.names());
        audit = new Audit(sources.tasks(), time);
        feed = new ChangeFeed(queries.changes(), reader(tickets, events, fleet), settings.shards());
        stream = new ChangeStream(feed, settings, time);
        routes = Stream.of(
                        tickets.routes(),
                        events.routes(),
                        fleet.routes(),
                        units.routes(),
                        new EvidenceApi(queries.events(), sources.files(), audit).routes(),
                        new DeliveriesApi(queries.outbox(), tasks).routes(),
                        new NamesApi(names).routes(),
                        new HeldApi(queries.held(), sources.flow()::opensTicket).routes(),
                        Stream.of(Silence.Purpose.values())
                                .flatMap(purpose -> new SilencesApi(
                                                purpose, new SilencesApi.Sources(queries, names), tasks, time)
                                        .routes().stream())
                                .toList(),
                        new FiguresApi(
                                        new FiguresApi.Sources(queries.figures(), queries.tickets(), tasks),
                                        settings.zone(),
                                        time)
                                .routes(),
                        new ExportApi(queries.tickets(), audit, time).routes(),
                        new ReportsApi(tasks, time).routes(),
                        new PatrolsApi(queries.events(), queries.marks(), tasks, time).routes(),
                        new ReplaysApi(queries.fleet(), sources.asker(), time).routes(),
                        stream.routes(),
                        new SignInApi(reception, audit, names, time).routes(),
                        new UsersApi(reception, sources.router(), names, time).routes(),
                        new AuditApi(queries.access()).routes(),
                        Pages.routes())
                .flatMap(List::stream)
                .toList();
    }

    private static ChangeFeed.Reader reader(TicketsApi tickets, EventsApi events, FleetApi fleet) {
        return (entity, ids) -> switch (entity) {
            case "ticket" -> tickets.live(ids);
            case "event" -> events.live(ids);
            case "edge" -> fleet.live(ids);
            case "left" -> tickets.left(ids);
            case String _ -> Map.of();
        };
    }

    public List<Route> routes() {
        return routes;
    }

    /** Where every change is laid down. */
    public Audit audit() {
        return audit;
    }

    /** To be told of commits. */
    public ChangeFeed feed() {
        return feed;
    }

    /** For the metrics. */
    public ChangeStream stream() {
        return stream;
    }

    @Override
    public void close() {
        feed.close();
    }
}
