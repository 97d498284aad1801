package io.fengsui.hub.notify.silence;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.notify.Matter;
import io.fengsui.protocol.value.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of what matches nobody is told until then, 30 days at most.
 *
 * @param end when somebody, or the end of its ticket, ended it before its time; null while nobody did
 */
public record Silence(
        String id,
        Matcher matcher,
        Instant from,
        Instant until,
        Word word,
        @Nullable End end) {
    public static final Duration LONGEST = Duration.ofDays(30);

    /**
     * Empty lists match everything, but not all of them may be empty.
     *
     * @param ticket that it is for, and with which it ends; empty: none in particular
     */
    public record Matcher(List<KindPattern> kinds, List<String> areas, List<String> sources, String ticket) {
        public Matcher {
            kinds = List.copyOf(kinds);
            areas = List.copyOf(areas);
            sources = List.copyOf(sources);
            if (kinds.isEmpty() && areas.isEmpty() && sources.isEmpty() && ticket.isEmpty()) {
                throw new IllegalArgumentException(
                        "a silence of everything is none: name kinds, areas, sources or a ticket");
            }
        }

        public boolean matches(Matter other, AreaBook book) {
            return (ticket.isEmpty() || ticket.equals(other.ticket()))
                    && (kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.matches(other.kind())))
                    && (areas.isEmpty() || areas.stream().anyMatch(area -> book.isWithin(other.grid(), area)))
                    && (sources.isEmpty() || sources.contains(other.source()));
        }
    }

    /** Who says so, and why. */
    public record Word(String author, String comment) {
        public Word {
            Checks.id("author", author);
            Checks.text("comment", comment);
            if (comment.isBlank()) {
                throw new IllegalArgumentException("a silence needs a comment that says why");
            }
        }
    }

    public record End(Instant at, String by) {}

    public enum State {
        COMING,
        RUNNING,
        OVER
    }

    public Silence {
        Checks.id("silence", id);
        if (!until.isAfter(from) || until.isAfter(from.plus(LONGEST))) {
            throw new IllegalArgumentException("a silence ends after it begins, and within 30 days");
        }
    }

    public boolean isActive(Instant now) {
        return state(now) == State.RUNNING;
    }

    public State state(Instant now) {
        if (end != null || !now.isBefore(until)) {
            return State.OVER;
        }
        return now.isBefore(from) ? State.COMING : State.RUNNING;
    }

    /** When it was or will be over. */
    public Instant overAt() {
        return end == null ? until : end.at();
    }

    Silence ended(Instant at, String by) {
        return new Silence(id, matcher, from, until, word, new End(at, by));
    }
}
