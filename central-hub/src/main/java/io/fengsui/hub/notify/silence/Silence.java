package io.fengsui.hub.notify.silence;

import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.grid.LifeSafety;
import io.fengsui.hub.grid.place.AreaBook;
import io.fengsui.hub.notify.Matter;
import io.fengsui.protocol.EventKind;
import io.fengsui.protocol.value.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Of what matches nobody is told until then, or no ticket is opened: 30 days at most.
 *
 * @param end when somebody, or the end of its ticket, ended it before its time; null while nobody did
 */
public record Silence(
        String id,
        Purpose purpose,
        Matcher matcher,
        Instant from,
        Instant until,
        Word word,
        @Nullable End end) {
    public static final Duration LONGEST = Duration.ofDays(30);

    /** What it does to what matches. The labels are in rows and in the journal. */
    public enum Purpose {
        /** Nobody is told of it. */
        SILENCE,
        /** Somebody works there: there is no ticket of it until that is over, and then only of what still holds. */
        MAINTENANCE;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Throws {@link IllegalArgumentException} for what is none. */
        public static Purpose of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

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
                throw new BadSilenceException(
                        "未限定范围,请填写类别(kinds)、区域(areas)、来源(sources)或工单(ticket)",
                        "a silence of everything is none: name kinds, areas, sources or a ticket");
            }
        }

        public boolean matches(Matter other, AreaBook book) {
            return (ticket.isEmpty() || ticket.equals(other.ticket()))
                    && matches(other.kind(), other.grid(), other.source(), book);
        }

        /** Whether it names some kinds or sources, and does not mean all that is in an area. */
        private boolean isOfSome() {
            return !sources.isEmpty() || (!kinds.isEmpty() && !kinds.contains(KindPattern.ALL));
        }

        /**
         * Of what this matches, that which announced work does not hold back however severe it is, for lives hang on it: nothing where
         * it names sources.
         */
        public List<KindPattern> notHeld() {
            return sources.isEmpty() ? LifeSafety.within(kinds) : List.of();
        }

        /** Kinds that it names for nothing: announced work would hold back nothing of them. */
        public List<KindPattern> namedForNothing() {
            return sources.isEmpty() ? kinds.stream().filter(LifeSafety::isAll).toList() : List.of();
        }

        /** Of what has no ticket yet. */
        boolean matches(EventKind kind, String grid, String source, AreaBook book) {
            return (kinds.isEmpty() || kinds.stream().anyMatch(one -> one.matches(kind)))
                    && (areas.isEmpty() || areas.stream().anyMatch(area -> book.isWithin(grid, area)))
                    && (sources.isEmpty() || sources.contains(source));
        }
    }

    /** Who says so, and why. */
    public record Word(String author, String comment) {
        public Word {
            Checks.id("author", author);
            if (comment.isBlank()) {
                throw new BadSilenceException("请写明原因(comment)", "it needs a comment that says why");
            }
            if (!Checks.isText(comment)) {
                throw new BadSilenceException(
                        "原因(comment)最长 " + Checks.MAX_TEXT + " 字,且不得含控制字符",
                        "the comment has at most " + Checks.MAX_TEXT + " characters, and no control character");
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
        if (purpose == Purpose.MAINTENANCE && !(matcher.ticket.isEmpty() && matcher.isOfSome())) {
            throw new BadSilenceException(
                    "须填写类别(kinds,不可为 *)或来源(sources),且不针对工单(ticket):仅按区域会把当地其他警情一并压下",
                    "announced work names kinds (and not *) or sources, and no ticket: an area alone would hold back all else"
                            + " there, too");
        }
        if (!until.isAfter(from) || until.isAfter(from.plus(LONGEST))) {
            throw new BadSilenceException(
                    "结束(until)须晚于开始(from),且不超过 30 天", "it ends (until) after it begins (from), and within 30 days");
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
        return new Silence(id, purpose, matcher, from, until, word, new End(at, by));
    }
}
