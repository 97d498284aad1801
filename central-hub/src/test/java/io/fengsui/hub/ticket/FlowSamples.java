package io.fengsui.hub.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.hub.ticket.workflow.WorkflowReader;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.rules.calendar.Limit;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference workflows, tickets in each of their states, and commands with everything that a step may need. */
final class FlowSamples {
    static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
    static final Map<String, Workflow> WORKFLOWS = Stream.of("nine-step", "seven-step", "five-step")
            .map(FlowSamples::read)
            .collect(Collectors.toMap(Workflow::id, Function.identity()));

    private FlowSamples() {}

    private static Workflow read(String name) {
        Problems problems = new Problems();
        return SettingsFile.read(Path.of("../config/workflows/" + name + ".yaml"), problems)
                .flatMap(WorkflowReader::workflow)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }

    static Workflow workflow(String id) {
        return Objects.requireNonNull(WORKFLOWS.get(id));
    }

    static TicketDecision decide(Ticket ticket, TicketCommand command, Workflow workflow) {
        return TicketDecider.decide(ticket, command, workflow, NOW);
    }

    static Ticket after(Ticket ticket, TicketCommand.TakeStep command, Workflow workflow) {
        Ticket now = ticket;
        TicketDecision decision = decide(ticket, command, workflow);
        assertThat(decision.facts())
                .as("%s: %s", command.step(), decision.reason())
                .isNotEmpty();
        for (TicketFact fact : decision.facts()) {
            now = now.apply(RecordedFact.after(
                    now.stand().chain(),
                    "t",
                    now.stand().version() + 1,
                    new RecordedFact.Stamp(NOW, command.by().id()),
                    fact));
        }
        return now;
    }

    static TicketCommand.Actor by(Role role) {
        return new TicketCommand.Actor("zhang", role);
    }

    /** With everything that any step may need. */
    static TicketCommand.TakeStep everything(String command, Role role) {
        return new TicketCommand.TakeStep(
                command,
                "好",
                -1,
                by(role),
                new TicketCommand.Wants(
                        "fire-brigade", new Limit(Limit.Measure.WORKING_DAYS, 2), NOW.plus(Duration.ofDays(2))));
    }

    static Ticket in(Workflow workflow, String state) {
        Category category = workflow.state(state).category();
        return new Ticket(
                new Ticket.Id("20261121-0001", 1, "i0-1"),
                new Ticket.Matter(new EventKind("fire.smoke"), new Name("烟", "smoke"), Severity.MAJOR, "key"),
                new Ticket.Where("edge", "site", Place.UNKNOWN, Source.sensor("s"), new Name("s", "s"), Name.NONE),
                new Ticket.Stand(workflow.id(), state, category, 1, Sha256.NONE),
                new Ticket.Times(NOW, NOW, NOW, null, null),
                category == Category.SUSPENDED
                        ? new Care("", "dispatched", "", false, Care.Waits.NONE, new Care.Counts(0, 0, 0))
                        : Care.NONE,
                new Ticket.Sum(1, null));
    }
}
