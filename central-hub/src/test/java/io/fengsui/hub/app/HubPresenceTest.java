package io.fengsui.hub.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.config.HubSettings;
import io.fengsui.hub.console.presence.PresenceCheck;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.store.query.HubQueries;
import io.fengsui.hub.store.query.TicketQueries.FactRow;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Evidence;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import io.fengsui.protocol.value.ClockQuality;
import io.fengsui.protocol.value.Moment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before a ticket is closed the box is asked whether the thing is still there, and what it says decides. */
class HubPresenceTest {
    private static final String TICKET = "20261121-0001";
    private static final List<String> WAY = List.of("accept", "verify", "file", "dispatch", "handle", "inspect");

    @TempDir
    Path data;

    private TestTown town;
    private TestEdge edge;
    private Event event;
    private PresenceCheck check;
    private HubQueries queries;
    private final List<Question.Matter> asked = new ArrayList<>();
    private Answer.Finding answer = new Answer.Nothing("the edge is away");

    @BeforeEach
    void start() throws Exception {
        HubSettings settings = TestTown.settings(data);
        town = new TestTown(settings);
        edge = new TestEdge("edge-1", town.time);
        event = town.begun("edge-1", "safety.intrusion", "gate");
        edge.record(event);
        edge.serve(town.hub.port());
        edge.sendAll();
        edge.awaitAcknowledged();
        queries = HubQueries.of(town.hub.database().reader());
        check = new PresenceCheck(
                settings.tickets().workflows(),
                queries.tickets(),
                queries.events(),
                (box, matter, patience) -> {
                    asked.add(matter);
                    return CompletableFuture.completedFuture(answer);
                },
                town.hub.shard().ring());
    }

    @AfterEach
    void stop() {
        edge.close();
        town.close();
    }

    @Test
    void asksNobodyBeforeOtherSteps() {
        WAY.forEach(this::take);
        assertThat(asked).isEmpty();
        assertThat(state()).isEqualTo("inspected");
    }

    @Test
    void whatIsStillThereGoesBackWithItsPictureAndIsCountedAsRework() {
        WAY.forEach(this::take);
        Evidence picture =
                Evidence.pending(UUID.fromString("0193a000-0000-7000-8000-00000000000a"), "image/jpeg", now());
        answer = new Answer.Presence(true, now(), picture);

        CommandOutcome outcome = take("close");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CommandOutcome.Done.class,
                        done -> assertThat(done.state()).isEqualTo("dispatched"));
        assertThat(asked).containsExactly(new Question.IsItStillThere(event.id()));
        FactRow found = facts().get(facts().size() - 2);
        assertThat(found.kind()).isEqualTo("found-still-there");
        assertThat(found.actor()).isEqualTo("li");
        assertThat(found.detail())
                .contains(picture.id().toString())
                .contains(event.id().toString());
        assertThat(queries.tickets()
                        .find(TICKET, Reach.EVERYWHERE)
                        .orElseThrow()
                        .care()
                        .reworks())
                .isEqualTo(1);
    }

    @Test
    void whatIsGoneIsClosedAndSoIsWhatNobodyCanSay() {
        WAY.forEach(this::take);
        answer = new Answer.Nothing("the edge is away");
        take("close");
        assertThat(state()).isEqualTo("closed");
        FactRow notKnown = facts().get(facts().size() - 2);
        assertThat(notKnown.kind()).isEqualTo("found-not-known");
        assertThat(notKnown.detail()).contains("the edge is away");

        take("rework");
        take("handle");
        take("inspect");
        answer = new Answer.Presence(false, now(), null);
        take("close");
        assertThat(state()).isEqualTo("closed");
        assertThat(facts().get(facts().size() - 2).kind()).isEqualTo("found-gone");
    }

    @Test
    void whatIsOverIsNotAskedAbout() throws Exception {
        edge.record(town.ended(event));
        edge.sendAll();
        edge.awaitAcknowledged();
        WAY.forEach(this::take);
        take("close");

        assertThat(asked).isEmpty();
        assertThat(state()).isEqualTo("closed");
    }

    @Test
    void aVersionThatIsOldIsRefusedWithoutAQuestion() {
        WAY.forEach(this::take);
        CommandOutcome outcome = check.submit(
                        new OperatorCommand(TICKET, "close", "好", "li", 1, OperatorCommand.Details.NONE))
                .join();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CommandOutcome.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(CommandOutcome.Cause.STALE_VERSION));
        assertThat(asked).isEmpty();
    }

    @Test
    void whoMayNotTakeTheStepMakesNoBoxLook() {
        WAY.forEach(this::take);
        OperatorCommand.Details unit = new OperatorCommand.Details("unit", "", "", null);
        CommandOutcome outcome = check.submit(new OperatorCommand(TICKET, "close", "好", "li", -1, unit))
                .join();

        assertThat(outcome).isInstanceOf(CommandOutcome.Refused.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void whatPeopleDoMeanwhileIsNotRunOver() {
        WAY.forEach(this::take);
        long seen =
                queries.tickets().find(TICKET, Reach.EVERYWHERE).orElseThrow().version();
        PresenceCheck slow = new PresenceCheck(
                TestTown.settings(data).tickets().workflows(),
                queries.tickets(),
                queries.events(),
                (box, matter, patience) -> {
                    take("comment");
                    return CompletableFuture.completedFuture(new Answer.Presence(false, now(), null));
                },
                town.hub.shard().ring());

        CommandOutcome outcome = slow.submit(
                        new OperatorCommand(TICKET, "close", "好", "li", seen, OperatorCommand.Details.NONE))
                .join();

        assertThat(outcome).isInstanceOf(CommandOutcome.Refused.class);
        assertThat(state()).isEqualTo("inspected");
    }

    private CommandOutcome take(String step) {
        long version =
                queries.tickets().find(TICKET, Reach.EVERYWHERE).orElseThrow().version();
        CommandOutcome outcome = check.submit(
                        new OperatorCommand(TICKET, step, "好", "li", version, OperatorCommand.Details.NONE))
                .join();
        assertThat(outcome).as(step).isInstanceOf(CommandOutcome.Done.class);
        return outcome;
    }

    private String state() {
        return queries.tickets()
                .find(TICKET, Reach.EVERYWHERE)
                .orElseThrow()
                .stand()
                .state();
    }

    private List<FactRow> facts() {
        return queries.tickets().facts(TICKET, 100);
    }

    private Moment now() {
        return new Moment(town.time.wall(), ClockQuality.SYNCED, "", 0);
    }
}
