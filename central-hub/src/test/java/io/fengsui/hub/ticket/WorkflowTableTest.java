package io.fengsui.hub.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.calendar.Limit;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Effect;
import io.fengsui.hub.ticket.workflow.Guard;
import io.fengsui.hub.ticket.workflow.Mark;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.hub.ticket.workflow.WorkflowReader;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.Severity;
import io.fengsui.protocol.Source;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Place;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.settings.Problems;
import io.fengsui.settings.SettingsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of state and command, and every role: what the table below allows happens, everything else is refused. */
class WorkflowTableTest {
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
    private static final Map<String, Workflow> WORKFLOWS = Stream.of("nine-step", "seven-step", "five-step")
            .map(WorkflowTableTest::read)
            .collect(Collectors.toMap(Workflow::id, Function.identity()));

    /** What leads from where to where, by the practice of each place; {@code *} stands for every open state. */
    private static final Map<String, List<String>> LEGAL = Map.of(
            "nine-step",
            List.of(
                    "reported accept accepted",
                    "accepted verify verified",
                    "verified file filed",
                    "filed dispatch dispatched",
                    "dispatched handle handled",
                    "handled inspect inspected",
                    "inspected close closed",
                    "closed revisit revisited",
                    "handled rework dispatched",
                    "inspected rework dispatched",
                    "closed rework dispatched",
                    "dispatched send-back filed"),
            "seven-step",
            List.of(
                    "collected accept accepted",
                    "accepted dispatch dispatched",
                    "dispatched handle handled",
                    "handled feed-back fed-back",
                    "fed-back close closed",
                    "closed appraise appraised",
                    "handled rework dispatched",
                    "fed-back rework dispatched",
                    "closed rework dispatched",
                    "dispatched send-back accepted"),
            "five-step",
            List.of(
                    "reported dispatch dispatched",
                    "dispatched handle handled",
                    "handled appraise appraised",
                    "appraised archive archived",
                    "handled rework dispatched",
                    "appraised rework dispatched",
                    "archived rework dispatched",
                    "dispatched send-back reported"));

    private static Workflow read(String name) {
        Problems problems = new Problems();
        return SettingsFile.read(Path.of("../config/workflows/" + name + ".yaml"), problems)
                .flatMap(WorkflowReader::workflow)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }

    private static Workflow workflow(String id) {
        return Objects.requireNonNull(WORKFLOWS.get(id));
    }

    static Stream<Arguments> everyPair() {
        return WORKFLOWS.values().stream()
                .flatMap(workflow -> workflow.states().keySet().stream()
                        .flatMap(state -> workflow.steps().stream()
                                .map(Workflow.Step::command)
                                .distinct()
                                .map(command -> Arguments.of(workflow.id(), state, command))));
    }

    /** Where a move leads; empty when the table has none. */
    private static String target(String workflow, String state, String command) {
        Category category = workflow(workflow).state(state).category();
        if (command.equals("suspend")) {
            return category == Category.OPEN ? "suspended" : "";
        }
        if (command.equals("void")) {
            return category.isUnfinished() ? "voided" : "";
        }
        if (command.equals("resume")) {
            return category == Category.SUSPENDED ? "dispatched" : "";
        }
        return Objects.requireNonNull(LEGAL.get(workflow)).stream()
                .map(line -> line.split(" "))
                .filter(line -> line[0].equals(state) && line[1].equals(command))
                .map(line -> line[2])
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest(name = "{0}: {2} from {1}")
    @MethodSource("everyPair")
    void movesAsTheTableSaysAndNotOtherwise(String id, String state, String command) {
        Workflow workflow = workflow(id);
        Ticket ticket = in(workflow, state);
        TicketDecision decision = decide(ticket, everything(command, Role.ADMIN), workflow);
        String target = target(id, state, command);
        boolean isNamed = workflow.step(command, state).isPresent();
        List<TicketFact.Moved> moves = decision.facts().stream()
                .filter(TicketFact.Moved.class::isInstance)
                .map(TicketFact.Moved.class::cast)
                .toList();
        if (target.isEmpty()) {
            assertThat(moves).isEmpty();
            boolean isMove = workflow.steps().stream()
                    .anyMatch(step -> step.command().equals(command)
                            && (step.terms().effect() == Effect.MOVE
                                    || step.terms().effect() == Effect.RESUME));
            assertThat(isMove && isNamed).isFalse();
            if (!isNamed) {
                assertThat(decision.reason()).isEqualTo(TicketReason.ILLEGAL_STEP);
                assertThat(decision.facts()).isEmpty();
            }
        } else {
            assertThat(decision.reason()).isEqualTo(TicketReason.MOVED);
            assertThat(moves).singleElement().extracting(TicketFact.Moved::to).isEqualTo(target);
        }
    }

    @ParameterizedTest(name = "{0}: {2} from {1}, without what it needs")
    @MethodSource("everyPair")
    void refusesWithoutWhatItNeedsAndToWhoMayNot(String id, String state, String command) {
        Workflow workflow = workflow(id);
        Workflow.Step step = workflow.step(command, state).orElse(null);
        if (step == null) {
            return;
        }
        for (Role role : Role.values()) {
            boolean mayTake = role == Role.ADMIN
                    || step.terms().roles().contains(role)
                    || (step.terms().roles().isEmpty() && role != Role.VIEWER);
            assertThat(decide(in(workflow, state), everything(command, role), workflow)
                                    .reason()
                            == TicketReason.ROLE_NOT_ALLOWED)
                    .as("%s by %s", command, role)
                    .isEqualTo(!mayTake);
        }
        Set<Guard> guards = step.terms().guards();
        if (guards.contains(Guard.NOTE) || guards.contains(Guard.UNTIL) || guards.contains(Guard.EXTENSION)) {
            TicketDecision bare = decide(
                    in(workflow, state),
                    new TicketCommand.TakeStep(command, " ", -1, by(Role.ADMIN), TicketCommand.Wants.NOTHING),
                    workflow);
            assertThat(bare.facts()).isEmpty();
            assertThat(bare.reason())
                    .isIn(TicketReason.NOTE_NEEDED, TicketReason.UNTIL_NEEDED, TicketReason.EXTENSION_NEEDED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nine-step, accept verify file dispatch handle inspect close revisit, 9",
        "seven-step, accept dispatch handle feed-back close appraise, 7",
        "five-step, dispatch handle appraise archive, 5"
    })
    void walksFromTheFirstStepToTheLast(String id, String commands, int steps) {
        Workflow workflow = workflow(id);
        Ticket ticket = in(workflow, workflow.initial());
        for (String command : commands.split(" ")) {
            ticket = after(ticket, everything(command, Role.ADMIN), workflow);
        }
        assertThat(ticket.stand().category()).isEqualTo(Category.CLOSED);
        assertThat(commands.split(" ").length + 1).isEqualTo(steps);
        assertThat(ticket.times().closed()).isEqualTo(NOW);
        assertThat(ticket.care().counts()).isEqualTo(new Care.Counts(0, 0, 0));
    }

    @Test
    void countsReworkAndSendBackAndComesBackFromASuspensionToWhereItWas() {
        Workflow nine = workflow("nine-step");
        Ticket ticket = in(nine, "handled");
        ticket = after(ticket, everything("rework", Role.ADMIN), nine);
        ticket = after(ticket, everything("send-back", Role.ADMIN), nine);
        ticket = after(ticket, everything("suspend", Role.ADMIN), nine);
        assertThat(ticket.stand().category()).isEqualTo(Category.SUSPENDED);
        assertThat(ticket.care().resumeTo()).isEqualTo("filed");
        assertThat(ticket.care().waits().until()).isEqualTo(NOW.plus(Duration.ofDays(2)));
        ticket = after(ticket, everything("resume", Role.ADMIN), nine);
        assertThat(ticket.stand().state()).isEqualTo("filed");
        assertThat(ticket.care().waits().until()).isNull();
        assertThat(ticket.care().counts()).isEqualTo(new Care.Counts(1, 1, 0));
    }

    @Test
    void grantsAnExtensionThatWasAskedForOnce() {
        Workflow nine = workflow("nine-step");
        Ticket ticket = in(nine, "dispatched");
        assertThat(decide(ticket, everything("grant-extension", Role.ADMIN), nine)
                        .reason())
                .isEqualTo(TicketReason.NOTHING_ASKED);
        ticket = after(ticket, everything("ask-extension", Role.UNIT), nine);
        assertThat(ticket.care().waits().extension()).isEqualTo(new Limit(Limit.Measure.WORKING_DAYS, 2));
        assertThat(decide(ticket, everything("ask-extension", Role.UNIT), nine).reason())
                .isEqualTo(TicketReason.ASKED_ALREADY);
        assertThat(decide(ticket, everything("grant-extension", Role.UNIT), nine)
                        .reason())
                .isEqualTo(TicketReason.ROLE_NOT_ALLOWED);
        Ticket granted = after(ticket, everything("grant-extension", Role.SUPERVISOR), nine);
        assertThat(granted.care().counts().extensions()).isEqualTo(1);
        assertThat(granted.care().waits().extension()).isNull();
        Ticket denied = after(ticket, everything("deny-extension", Role.SUPERVISOR), nine);
        assertThat(denied.care().counts().extensions()).isZero();
        assertThat(denied.stand().state()).isEqualTo("dispatched");
    }

    @ParameterizedTest
    @CsvSource({
        "NOTE, NOTE_NEEDED",
        "UNIT, UNIT_NEEDED",
        "PICTURE, PICTURE_NEEDED",
        "UNTIL, UNTIL_NEEDED",
        "EXTENSION, EXTENSION_NEEDED",
        "CLEARED, NOT_CLEARED",
        "OTHER_PERSON, SAME_PERSON"
    })
    void everyGuardHasItsReason(Guard guard, TicketReason reason) {
        Workflow.Terms terms = new Workflow.Terms(Effect.MOVE, Mark.NONE, Set.of(), Set.of(guard));
        Workflow.State a = new Workflow.State("a", new Name("甲", "a"), Category.OPEN);
        Workflow workflow = new Workflow(
                "w",
                a.name(),
                "a",
                Map.of("a", a),
                List.of(new Workflow.Step("go", a.name(), List.of("a"), "a", terms)));
        Ticket ticket = after(
                in(workflow, "a"),
                everything("go", Role.ADMIN),
                new Workflow(
                        "w",
                        a.name(),
                        "a",
                        Map.of("a", a),
                        List.of(new Workflow.Step(
                                "go",
                                a.name(),
                                List.of("a"),
                                "a",
                                new Workflow.Terms(Effect.MOVE, Mark.NONE, Set.of(), Set.of())))));
        ticket = new Ticket(
                ticket.id(),
                ticket.matter(),
                ticket.where(),
                ticket.stand(),
                ticket.times(),
                new Care("", "", "zhang", false, Care.Waits.NONE, new Care.Counts(0, 0, 0)),
                ticket.sum());
        TicketCommand bare = new TicketCommand.TakeStep("go", "", -1, by(Role.DISPATCHER), TicketCommand.Wants.NOTHING);
        assertThat(decide(ticket, bare, workflow).reason()).isEqualTo(reason);
    }

    @Test
    void refusesACommandOnAVersionThatIsNotTheNewest() {
        Workflow nine = workflow("nine-step");
        TicketCommand old = new TicketCommand.TakeStep("accept", "", 7, by(Role.ADMIN), TicketCommand.Wants.NOTHING);
        assertThat(decide(in(nine, "reported"), old, nine).reason()).isEqualTo(TicketReason.STALE_VERSION);
        assertThat(decide(in(nine, "reported"), everything("dance", Role.ADMIN), nine)
                        .reason())
                .isEqualTo(TicketReason.NO_SUCH_STEP);
    }

    @Test
    void chainsFactsSoThatNoneCanBeChangedUnnoticed() {
        RecordedFact.Stamp stamp = new RecordedFact.Stamp(NOW, "zhang");
        TicketFact fact = moved("好");
        RecordedFact one = RecordedFact.after(Sha256.NONE, "t", 1, stamp, fact);
        RecordedFact other = RecordedFact.after(Sha256.NONE, "t", 1, stamp, moved("坏"));
        RecordedFact next = RecordedFact.after(one.chainHash(), "t", 2, stamp, fact);
        assertThat(one.chainHash()).isNotEqualTo(other.chainHash());
        assertThat(next.chainHash())
                .isNotEqualTo(RecordedFact.after(other.chainHash(), "t", 2, stamp, fact)
                        .chainHash());
        assertThat(RecordedFact.after(Sha256.NONE, "t", 1, stamp, fact).chainHash())
                .isEqualTo(one.chainHash());
        assertThat(FactForm.of(fact).detail()).isEqualTo("{\"step\":\"accept\"}");
    }

    private static TicketFact moved(String note) {
        return new TicketFact.Moved("accept", "reported", "accepted", Category.OPEN, note, Mark.NONE);
    }

    private static TicketDecision decide(Ticket ticket, TicketCommand command, Workflow workflow) {
        return TicketDecider.decide(ticket, command, workflow, NOW);
    }

    private static Ticket after(Ticket ticket, TicketCommand.TakeStep command, Workflow workflow) {
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

    private static TicketCommand.Actor by(Role role) {
        return new TicketCommand.Actor("zhang", role);
    }

    /** With everything that any step may need. */
    private static TicketCommand.TakeStep everything(String command, Role role) {
        return new TicketCommand.TakeStep(
                command,
                "好",
                -1,
                by(role),
                new TicketCommand.Wants(
                        "fire-brigade", new Limit(Limit.Measure.WORKING_DAYS, 2), NOW.plus(Duration.ofDays(2))));
    }

    private static Ticket in(Workflow workflow, String state) {
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
