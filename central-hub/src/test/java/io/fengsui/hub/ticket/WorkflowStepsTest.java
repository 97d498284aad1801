package io.fengsui.hub.ticket;

import static io.fengsui.hub.ticket.FlowSamples.NOW;
import static io.fengsui.hub.ticket.FlowSamples.after;
import static io.fengsui.hub.ticket.FlowSamples.by;
import static io.fengsui.hub.ticket.FlowSamples.decide;
import static io.fengsui.hub.ticket.FlowSamples.everything;
import static io.fengsui.hub.ticket.FlowSamples.in;
import static io.fengsui.hub.ticket.FlowSamples.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.shard.input.Found;
import io.fengsui.hub.ticket.workflow.Category;
import io.fengsui.hub.ticket.workflow.Effect;
import io.fengsui.hub.ticket.workflow.Guard;
import io.fengsui.hub.ticket.workflow.Mark;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.protocol.value.Name;
import io.fengsui.protocol.value.Sha256;
import io.fengsui.rules.calendar.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single steps do to a ticket, and what they are refused for. */
class WorkflowStepsTest {
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

    @ParameterizedTest
    @CsvSource({
        "nine-step, close, inspected, STILL_THERE, dispatched found-still-there, 1",
        "nine-step, close, inspected, GONE, closed found-gone, 0",
        "nine-step, close, inspected, NOT_KNOWN, closed found-not-known, 0",
        "nine-step, inspect, handled, STILL_THERE, inspected '', 0",
        "seven-step, close, fed-back, STILL_THERE, dispatched found-still-there, 1",
        "five-step, archive, appraised, STILL_THERE, dispatched found-still-there, 1",
        "five-step, archive, appraised, NOT_KNOWN, archived found-not-known, 0",
    })
    void whatTheBoxesSayBeforeTheEndDecides(
            String id, String command, String from, Found.Verdict verdict, String expected, int reworks) {
        Workflow workflow = workflow(id);
        TicketCommand.TakeStep step = new TicketCommand.TakeStep(
                command,
                "好",
                -1,
                by(Role.ADMIN),
                new TicketCommand.Wants("", null, null, new Found(verdict, "event", "picture", "said")));
        TicketDecision decision = decide(in(workflow, from), step, workflow);
        Ticket ticket = after(in(workflow, from), step, workflow);
        String remark = decision.facts().getFirst() instanceof TicketFact.Remark asked ? asked.kind() : "''";

        assertThat(ticket.stand().state() + " " + remark).isEqualTo(expected);
        assertThat(ticket.care().counts().reworks()).isEqualTo(reworks);
        assertThat(ticket.stand().category().isUnfinished())
                .isEqualTo(ticket.times().closed() == null);
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
}
