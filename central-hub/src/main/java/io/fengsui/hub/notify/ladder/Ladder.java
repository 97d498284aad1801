package io.fengsui.hub.notify.ladder;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.grid.place.AreaLevel;
import io.fengsui.hub.ticket.Ticket;
import io.fengsui.protocol.Severity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told when nobody takes a ticket: at most {@value #MOST_STEPS} steps, then perhaps from the beginning again.
 *
 * @param again how often after the first time
 */
public record Ladder(String id, Wants wants, List<Step> steps, int again) {
    static final int MOST_STEPS = 5;

    /** For which tickets; empty lists: for all. */
    public record Wants(List<KindPattern> kinds, Severity least, List<String> units, List<String> areas) {
        public Wants {
            kinds = List.copyOf(kinds);
            units = List.copyOf(units);
            areas = List.copyOf(areas);
        }

        boolean matches(Ticket ticket, AreaBook book) {
            String grid = ticket.where().place().grid();
            return ticket.matter().severity().isAtLeast(least)
                    && (kinds.isEmpty()
                            || kinds.stream()
                                    .anyMatch(one -> one.matches(ticket.matter().kind())))
                    && (units.isEmpty() || units.contains(ticket.care().unit()))
                    && (areas.isEmpty() || areas.stream().anyMatch(area -> book.isWithin(grid, area)));
        }
    }

    /** Who leads where a ticket is. */
    @FunctionalInterface
    public interface Leaders {
        /** Contacts who lead its area of this level, or the next larger one that is led; empty when nobody does. */
        List<String> of(AreaLevel level);
    }

    /**
     * @param after how long after the step before, or after the ticket's opening
     * @param contacts who are told; where a leader is, when there is none
     * @param isInTurn one of them each time the ladder comes here; otherwise all
     * @param leaderOf the leader of the ticket's area of this level is told; null: no leader
     */
    public record Step(
            Duration after,
            List<String> contacts,
            boolean isInTurn,
            @Nullable AreaLevel leaderOf) {
        public Step {
            contacts = List.copyOf(contacts);
            if (contacts.isEmpty()) {
                throw new IllegalArgumentException("a step of a ladder tells somebody");
            }
        }

        /** Who is told in a round, counted from 0. */
        List<String> told(int round, Leaders leaders) {
            List<String> led = leaderOf == null ? List.of() : leaders.of(leaderOf);
            if (!led.isEmpty()) {
                return led;
            }
            return isInTurn ? List.of(contacts.get(round % contacts.size())) : contacts;
        }
    }

    /** Who is told by the step that comes after so many, in all rounds. */
    public List<String> told(int run, Leaders leaders) {
        return steps.get(run % steps.size()).told(run / steps.size(), leaders);
    }

    public Ladder {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.size() > MOST_STEPS) {
            throw new IllegalArgumentException("a ladder has 1 to " + MOST_STEPS + " steps, not " + steps.size());
        }
    }
}
