package io.fengsui.hub.ticket;

import static io.fengsui.hub.ticket.FlowSamples.NOW;
import static io.fengsui.hub.ticket.FlowSamples.WORKFLOWS;
import static io.fengsui.hub.ticket.FlowSamples.after;
import static io.fengsui.hub.ticket.FlowSamples.by;
import static io.fengsui.hub.ticket.FlowSamples.decide;
import static io.fengsui.hub.ticket.FlowSamples.everything;
import static io.fengsui.hub.ticket.FlowSamples.in;
import static io.fengsui.hub.ticket.FlowSamples.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Effect;
import io.fengsui.hub.ticket.workflow.Guard;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.hub.ticket.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of state and command, and every role: what the table below allows happens, everything else is refused. */
class WorkflowTableTest {
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
}
