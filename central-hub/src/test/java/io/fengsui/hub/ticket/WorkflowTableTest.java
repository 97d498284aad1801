package io.fengsui.hub.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.ticket.workflow.Category;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The nine steps: the ordinary way is what it is, and every other pair of state and command is refused. */
class WorkflowTableTest {
    private static final Workflow NINE = read();
    private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");
    private static final Map<String, String> ORDINARY = Map.of(
            "reported", "accept",
            "accepted", "verify",
            "verified", "file",
            "filed", "dispatch",
            "dispatched", "handle",
            "handled", "inspect",
            "inspected", "close",
            "closed", "revisit");

    private static Workflow read() {
        Problems problems = new Problems();
        return SettingsFile.read(Path.of("../config/workflows/nine-step.yaml"), problems)
                .flatMap(WorkflowReader::workflow)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }

    static Stream<Arguments> everyPair() {
        return NINE.states().keySet().stream()
                .flatMap(state -> NINE.steps().stream()
                        .map(Workflow.Step::command)
                        .distinct()
                        .map(command -> Arguments.of(state, command)));
    }

    @ParameterizedTest(name = "{1} from {0}")
    @MethodSource("everyPair")
    void allowsTheOrdinaryStepAndVoidingWhatIsOpenAndNothingElse(String state, String command) {
        boolean isOpen = NINE.state(state).category() == Category.OPEN;
        boolean isAllowed = command.equals(ORDINARY.get(state)) || command.equals("void") && isOpen;
        TicketDecision decision = TicketDecider.decide(in(state), new TicketCommand.TakeStep(command, "", -1), NINE);
        assertThat(decision.reason()).isEqualTo(isAllowed ? TicketReason.MOVED : TicketReason.ILLEGAL_STEP);
        assertThat(decision.facts()).hasSize(isAllowed ? 1 : 0);
    }

    @Test
    void walksTheNineStepsToTheEnd() {
        Ticket ticket = in("reported");
        for (String command :
                List.of("accept", "verify", "file", "dispatch", "handle", "inspect", "close", "revisit")) {
            TicketDecision decision = TicketDecider.decide(ticket, new TicketCommand.TakeStep(command, "", -1), NINE);
            RecordedFact.Stamp stamp = new RecordedFact.Stamp(NOW, "zhang");
            ticket = ticket.apply(RecordedFact.after(
                    ticket.stand().chain(),
                    "t",
                    ticket.stand().version() + 1,
                    stamp,
                    decision.facts().getFirst()));
        }
        assertThat(ticket.stand().state()).isEqualTo("revisited");
        assertThat(ticket.stand().category()).isEqualTo(Category.CLOSED);
        assertThat(ticket.stand().version()).isEqualTo(9);
        assertThat(ticket.times().closed()).isEqualTo(NOW);
    }

    @Test
    void refusesACommandOnAVersionThatIsNotTheNewest() {
        assertThat(TicketDecider.decide(in("reported"), new TicketCommand.TakeStep("accept", "", 7), NINE)
                        .reason())
                .isEqualTo(TicketReason.STALE_VERSION);
        assertThat(TicketDecider.decide(in("reported"), new TicketCommand.TakeStep("dance", "", 1), NINE)
                        .reason())
                .isEqualTo(TicketReason.NO_SUCH_STEP);
    }

    @Test
    void chainsFactsSoThatNoneCanBeChangedUnnoticed() {
        RecordedFact.Stamp stamp = new RecordedFact.Stamp(NOW, "zhang");
        TicketFact fact = new TicketFact.Moved("accept", "reported", "accepted", Category.OPEN, "好");
        RecordedFact one = RecordedFact.after(Sha256.NONE, "t", 1, stamp, fact);
        RecordedFact other = RecordedFact.after(
                Sha256.NONE, "t", 1, stamp, new TicketFact.Moved("accept", "reported", "accepted", Category.OPEN, "坏"));
        RecordedFact next = RecordedFact.after(one.chainHash(), "t", 2, stamp, fact);
        assertThat(one.chainHash()).isNotEqualTo(other.chainHash());
        assertThat(next.chainHash())
                .isNotEqualTo(RecordedFact.after(other.chainHash(), "t", 2, stamp, fact)
                        .chainHash());
        assertThat(RecordedFact.after(Sha256.NONE, "t", 1, stamp, fact).chainHash())
                .isEqualTo(one.chainHash());
    }

    private static Ticket in(String state) {
        return new Ticket(
                new Ticket.Id("20261121-0001", 1, "i0-1"),
                new Ticket.Matter(new EventKind("fire.smoke"), new Name("烟", "smoke"), Severity.MAJOR, "key"),
                new Ticket.Where("edge", "site", Place.UNKNOWN, Source.sensor("s"), new Name("s", "s"), Name.NONE),
                new Ticket.Stand("nine-step", state, NINE.state(state).category(), 1, Sha256.NONE),
                new Ticket.Times(NOW, NOW, NOW, null, null),
                1,
                null);
    }
}
