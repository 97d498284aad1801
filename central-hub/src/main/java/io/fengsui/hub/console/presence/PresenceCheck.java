package io.fengsui.hub.console.presence;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.shard.input.CommandDesk;
import io.fengsui.hub.shard.input.CommandOutcome;
import io.fengsui.hub.shard.input.Found;
import io.fengsui.hub.shard.input.OperatorCommand;
import io.fengsui.hub.store.query.EventQueries;
import io.fengsui.hub.store.query.TicketQueries;
import io.fengsui.hub.store.query.TicketQueries.FactRow;
import io.fengsui.hub.store.query.TicketQueries.TicketRow;
import io.fengsui.hub.ticket.workflow.Role;
import io.fengsui.hub.ticket.workflow.Workflow;
import io.fengsui.protocol.EventId;
import io.fengsui.protocol.link.Answer;
import io.fengsui.protocol.link.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the desk for commands. Where the workflow says {@code if-still-there} of a step, the boxes of the ticket's
 * open events are asked whether the thing is still there, by a fresh look or reading; what they say goes with the command
 * and decides. Everything else passes at once. Blocks for {@link #PATIENCE} and a little at most. Thread-safe.
 */
public final class PresenceCheck implements CommandDesk {
    /** A look takes a box six seconds at most. */
    static final Duration PATIENCE = Duration.ofSeconds(7);

    private static final int MOST_EVENTS = 4;
    private static final int NEWEST_FACTS = 200;

    /** Who can be asked. Always completes, with nothing where a box is away or does not answer in time. */
    @FunctionalInterface
    public interface Boxes {
        CompletableFuture<Answer.Finding> ask(String edge, Question.Matter matter, Duration patience);
    }

    /** What was asked about, and what came of it. */
    private record Asked(
            EventQueries.OpenEvent event,
            CompletableFuture<Answer.Finding> presence,
            CompletableFuture<Answer.Finding> latest) {}

    private final List<Workflow> workflows;
    private final TicketQueries tickets;
    private final EventQueries events;
    private final Boxes boxes;
    private final CommandDesk next;

    public PresenceCheck(
            List<Workflow> workflows, TicketQueries tickets, EventQueries events, Boxes boxes, CommandDesk next) {
        this.workflows = List.copyOf(workflows);
        this.tickets = tickets;
        this.events = events;
        this.boxes = boxes;
        this.next = next;
    }

    @Override
    public CompletableFuture<CommandOutcome> submit(OperatorCommand command) {
        Optional<TicketRow> row =
                tickets.find(command.ticket(), Reach.EVERYWHERE).filter(found -> isAsked(found, command));
        List<EventQueries.OpenEvent> open =
                row.isEmpty() ? List.of() : events.openOfTicket(command.ticket(), MOST_EVENTS);
        if (open.isEmpty()) {
            return next.submit(command);
        }
        Found found = ask(open);
        return next.submit(command.with(found, version(command)));
    }

    /** Whether the step would be taken as far as can be seen, and asks. */
    private boolean isAsked(TicketRow row, OperatorCommand command) {
        return (command.expectedVersion() < 0 || command.expectedVersion() == row.version())
                && workflows.stream()
                        .filter(workflow -> workflow.id().equals(row.stand().workflow()))
                        .flatMap(workflow ->
                                workflow.step(command.step(), row.stand().state()).stream())
                        .anyMatch(step -> !step.terms().ifStillThere().isEmpty()
                                && mayTake(step.terms(), command.details().role()));
    }

    private static boolean mayTake(Workflow.Terms terms, String role) {
        return Arrays.stream(Role.values()).anyMatch(one -> one.name().equalsIgnoreCase(role) && terms.allows(one));
    }

    private Found ask(List<EventQueries.OpenEvent> open) {
        List<Asked> all = new ArrayList<>();
        for (EventQueries.OpenEvent event : open) {
            boolean isSensor = event.sourceType().equals("sensor");
            all.add(new Asked(
                    event,
                    boxes.ask(event.edge(), new Question.IsItStillThere(EventId.parse(event.id())), PATIENCE),
                    isSensor
                            ? boxes.ask(event.edge(), new Question.LatestReading(event.source(), ""), PATIENCE)
                            : CompletableFuture.completedFuture(new Answer.Nothing(""))));
        }
        Found found = null;
        for (Asked one : all) {
            found = worse(found, found(one));
        }
        return found == null ? new Found(Found.Verdict.NOT_KNOWN, "", "", "") : found;
    }

    /** That one thing is there outweighs all that are gone; that one is not known does, too. */
    private static Found worse(@Nullable Found one, Found other) {
        return one == null || rank(other) < rank(one) ? other : one;
    }

    private static int rank(Found found) {
        return switch (found.verdict()) {
            case STILL_THERE -> 0;
            case NOT_KNOWN -> 1;
            case GONE -> 2;
        };
    }

    private static Found found(Asked asked) {
        String event = asked.event().id();
        String reading = asked.latest().join() instanceof Answer.Latest(var said, Duration age)
                ? said.quantity() + " = " + said.value() + ", " + age.toSeconds() + " s ago"
                : "";
        return switch (asked.presence().join()) {
            case Answer.Presence presence ->
                new Found(
                        presence.isPresent() ? Found.Verdict.STILL_THERE : Found.Verdict.GONE,
                        event,
                        presence.picture() == null
                                ? ""
                                : presence.picture().id().toString(),
                        reading);
            case Answer.Nothing(String reason) -> new Found(Found.Verdict.NOT_KNOWN, event, "", reason);
            case Answer.Activity _, Answer.Latest _, Answer.Replayed _, Answer.Progress _ ->
                new Found(Found.Verdict.NOT_KNOWN, event, "", "another answer came");
        };
    }

    /**
     * The look itself may add to the ticket, such as its first picture. What the hub noted since the person looked does not
     * count as a change by somebody else.
     */
    private long version(OperatorCommand command) {
        long seen = command.expectedVersion();
        if (seen < 0) {
            return seen;
        }
        List<FactRow> since = tickets.facts(command.ticket(), NEWEST_FACTS).stream()
                .filter(fact -> fact.version() > seen)
                .toList();
        boolean isHubs = since.stream()
                .allMatch(fact -> fact.actor().equals("hub")
                        && fact.transition().from().equals(fact.transition().to()));
        return isHubs && !since.isEmpty() ? since.getLast().version() : seen;
    }
}
