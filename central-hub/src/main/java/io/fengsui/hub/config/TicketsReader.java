package io.fengsui.hub.config;

import io.fengsui.hub.correlate.gather.GatherPolicy;
import io.fengsui.hub.correlate.gather.GatherReader;
import io.fengsui.hub.grid.place.Area;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaFiles;
import io.fengsui.hub.grid.unit.Router;
import io.fengsui.hub.grid.unit.Unit;
import io.fengsui.hub.grid.unit.UnitReader;
import io.fengsui.hub.notify.NotifyPolicy;
import io.fengsui.hub.notify.NotifyReader;
import io.fengsui.hub.notify.ladder.Ladder;
import io.fengsui.hub.notify.ladder.LadderReader;
import io.fengsui.hub.sla.deadline.DeadlinePolicy;
import io.fengsui.hub.sla.deadline.DeadlinePolicyReader;
import io.fengsui.hub.ticket.policy.TicketPolicy;
import io.fengsui.hub.ticket.policy.TicketPolicyReader;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.hub.ticket.workflow.WorkflowReader;
import io.fengsui.rules.calendar.CalendarReader;
import io.fengsui.rules.calendar.CalendarYear;
import io.fengsui.rules.calendar.WorkHours;
import io.fengsui.rules.calendar.WorkingCalendar;
import io.fengsui.settings.MapReader;
import io.fengsui.settings.Problem;
import io.fengsui.settings.Problems;
import io.fengsui.settings.ValueReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what concerns tickets: policy, workflows, deadlines and working time, each from files of their own. */
final class TicketsReader {
    private static final List<WorkHours> OFFICE_HOURS = List.of(
            new WorkHours(LocalTime.of(8, 30), LocalTime.of(12, 0)),
            new WorkHours(LocalTime.of(14, 0), LocalTime.of(17, 30)));

    private static final int MAX_FAULTS = 20;

    private final ConfigFiles files;
    private final Problems problems;

    TicketsReader(ConfigFiles files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    Optional<HubSettings.Tickets> read(MapReader map, ZoneId zone) {
        HubSettings.Windows usual = HubSettings.Windows.DEFAULT;
        HubSettings.Windows windows = new HubSettings.Windows(
                map.duration("window", Duration.ZERO, Duration.ofDays(1), usual.join()),
                map.duration("reopen-window", Duration.ZERO, Duration.ofDays(366), usual.reopen()));
        Duration alertPatience = map.duration(
                "alerts-cleared-after",
                Duration.ofMinutes(1),
                Duration.ofDays(366),
                HubSettings.Tickets.ALERT_PATIENCE);
        Path policyFile = map.path("policy", "ticket-policy.yaml");
        List<Path> workflowFiles = map.list("workflows", ValueReader::path);
        List<Path> named =
                map.has("workflows") ? workflowFiles : List.of(map.path("workflow", "workflows/nine-step.yaml"));
        int before = problems.count();
        List<Workflow> workflows = named.stream()
                .flatMap(file -> files.open(file, problems).flatMap(WorkflowReader::workflow).stream())
                .toList();
        Set<String> ids = workflows.stream().map(Workflow::id).collect(Collectors.toUnmodifiableSet());
        if (ids.size() < workflows.size()) {
            map.problem("workflows", Problem.Code.VALUE, "two workflows have the same id", "each id once");
        }
        // A policy that names a workflow whose own file is wrong is not wrong itself.
        boolean areAllRead = workflows.size() == named.size();
        Optional<TicketPolicy> policy = files.open(policyFile, problems)
                .flatMap(open -> TicketPolicyReader.policy(open, areAllRead ? ids : null));
        DeadlinePolicy deadlines = deadlines(map, areAllRead ? workflows : null);
        Optional<WorkingCalendar> calendar = calendar(map.mapOrEmpty("calendar"), zone);
        Router router = router(map);
        HubSettings.Telling telling = telling(map, router);
        Optional<MapReader> gathered =
                map.has("correlation") ? files.open(map.path("correlation"), problems) : Optional.empty();
        GatherPolicy correlation =
                gathered.flatMap(open -> GatherReader.policy(open, zone)).orElse(GatherPolicy.NONE);
        if (problems.isEmpty()) {
            telling = telling.warning(gathered.map(WorkWarnings::of).orElse(List.of()));
        }
        Optional<Boolean> isClean = map.finish(() -> true);
        if (isClean.isEmpty() || policy.isEmpty() || calendar.isEmpty() || problems.count() > before) {
            return Optional.empty();
        }
        return Optional.of(new HubSettings.Tickets(
                policy.get(),
                workflows,
                windows,
                new HubSettings.Deadlines(deadlines, calendar.get()),
                router,
                telling,
                correlation,
                alertPatience));
    }

    /** None without a file: an older configuration goes on as it was. */
    private DeadlinePolicy deadlines(MapReader map, @Nullable List<Workflow> workflows) {
        if (!map.has("deadlines")) {
            return DeadlinePolicy.NONE;
        }
        return files.open(map.path("deadlines"), problems)
                .flatMap(open -> DeadlinePolicyReader.policy(open, workflows))
                .orElse(DeadlinePolicy.NONE);
    }

    /** Without a file nobody is told. */
    private HubSettings.Telling telling(MapReader map, Router router) {
        if (!map.has("notifications")) {
            return HubSettings.Telling.NONE;
        }
        Set<String> units =
                router.isUsed() ? router.units().stream().map(Unit::id).collect(Collectors.toUnmodifiableSet()) : null;
        Optional<MapReader> notifications = files.open(map.path("notifications"), problems);
        Optional<NotifyPolicy> told = notifications.flatMap(open -> NotifyReader.policy(open, units, router.areas()));
        @Nullable
        Set<String> contactIds =
                notifications.map(open -> open.declared("contacts", "id")).orElse(null);
        List<Ladder> ladders = !map.has("ladders")
                ? List.of()
                : files.open(map.path("ladders"), problems)
                        .flatMap(open -> LadderReader.ladders(open, contactIds))
                        .orElse(List.of());
        NotifyPolicy policy = told.orElse(NotifyPolicy.NONE);
        List<String> warnings = new ArrayList<>(policy.warnings());
        if (map.has("units") && problems.isEmpty()) {
            files.open(map.path("units"), problems)
                    .flatMap(open -> notifications.map(contacts -> DutyWarnings.of(open, contacts)))
                    .ifPresent(warnings::addAll);
        }
        return new HubSettings.Telling(policy, ladders, warnings);
    }

    /** Without places and units nothing is routed. */
    private Router router(MapReader map) {
        List<Area> areas = map.list("places", ValueReader::path).stream()
                .flatMap(file -> files.bytes(file, problems).stream()
                        .flatMap(content -> AreaFiles.read(file.toString(), content, problems).stream()))
                .toList();
        List<String> faults = AreaBook.faults(areas);
        faults.stream()
                .limit(MAX_FAULTS)
                .forEach(fault ->
                        map.problem("places", Problem.Code.REFERENCE, fault, "a tree: city, town, village, grid"));
        AreaBook book = faults.isEmpty() ? new AreaBook(areas) : AreaBook.EMPTY;
        if (!map.has("units")) {
            return new Router(book, List.of());
        }
        return files.open(map.path("units"), problems)
                .flatMap(open -> UnitReader.units(open, book))
                .map(units -> new Router(book, units))
                .orElse(Router.NONE);
    }

    private Optional<WorkingCalendar> calendar(MapReader map, ZoneId zone) {
        List<WorkHours> hours = map.list("hours", CalendarReader::hours);
        List<Path> named = map.list("years", ValueReader::path);
        List<CalendarYear> years = named.stream()
                .flatMap(file -> files.open(file, problems).flatMap(CalendarReader::year).stream())
                .toList();
        if (years.stream().map(CalendarYear::year).distinct().count() < years.size()) {
            map.problem("years", Problem.Code.VALUE, "two files are for the same year", "each year once");
        }
        return map.finish(() -> new WorkingCalendar(zone, hours.isEmpty() ? OFFICE_HOURS : hours, years));
    }
}
