package io.fengsui.hub.console.silence;

import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Bodies;
import io.fengsui.hub.console.http.Problem;
import io.fengsui.hub.console.http.ProblemException;
import io.fengsui.hub.console.http.ProblemType;
import io.fengsui.hub.console.name.NameBook;
import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.store.query.TicketQueries;
import io.fengsui.protocol.value.Name;
import java.util.List;
import java.util.stream.Collectors;

/** Who sees a silence or announced work, who may make and end it, and what it may name. Thread-safe; blocks. */
final class SilenceScope {
    private final Silence.Purpose purpose;
    private final TicketQueries tickets;
    private final NameBook names;

    SilenceScope(Silence.Purpose purpose, TicketQueries tickets, NameBook names) {
        this.purpose = purpose;
        this.tickets = tickets;
        this.names = names;
    }

    /** What one is called. */
    Name word() {
        return switch (purpose) {
            case SILENCE -> new Name("静默", "silence");
            case MAINTENANCE -> new Name("施工检修", "announced work");
        };
    }

    ProblemException none() {
        return new Problem(ProblemType.NOT_FOUND, "没有这条" + word().zh(), "there is no such " + word().en())
                .toException();
    }

    /** One of areas is seen by whoever sees one of them, one of a ticket by whoever sees that, others by all. */
    boolean isSeen(Silence silence, Reach reach) {
        Silence.Matcher matcher = silence.matcher();
        if (!matcher.ticket().isEmpty()) {
            return reach.isEverywhere() || tickets.find(matcher.ticket(), reach).isPresent();
        }
        return reach.isEverywhere()
                || matcher.areas().isEmpty()
                || matcher.areas().stream().anyMatch(reach::coversPlace);
    }

    /** Nobody silences or holds back what they do not reach. */
    void refuseForeign(Silence silence, Reach reach) {
        if (!isOwn(silence, reach)) {
            throw new Problem(
                            ProblemType.ROLE_NOT_ALLOWED,
                            "您的" + word().zh() + "须限于所管区域(areas)" + (isOfTickets() ? "或工单(ticket)" : ""),
                            "what you make here names areas that you answer for"
                                    + (isOfTickets() ? ", or a ticket that you see" : ""))
                    .toException();
        }
    }

    /** Lives hang on some kinds: work that names them and no source would hold back nothing of them, and whoever announced it would not know. */
    void refuseIdle(Silence.Matcher matcher) {
        if (purpose == Silence.Purpose.MAINTENANCE && !matcher.namedForNothing().isEmpty()) {
            String kinds =
                    matcher.namedForNothing().stream().map(KindPattern::text).collect(Collectors.joining(" "));
            throw Bodies.bad(
                    "kinds:" + kinds + " 关乎生命安全,不因施工检修而暂缓建单;确需检修其设备,请在来源(sources)中写明",
                    "kinds: lives hang on " + kinds
                            + ", and announced work holds it back only from sources that it names;"
                            + " name those that are worked on (sources)");
        }
    }

    /**
     * A ticket or area that is not there is a slip, and would silence nothing; a source that was never heard may be silenced
     * before it is installed, and kinds are what edges make of them.
     */
    void refuseUnknown(Silence.Matcher matcher) {
        String ticket = matcher.ticket();
        if (!ticket.isEmpty() && tickets.find(ticket, Reach.EVERYWHERE).isEmpty()) {
            throw unknown("ticket:没有工单 " + ticket, "ticket: there is no ticket " + ticket);
        }
        List<String> areas = names.unknownAreas(matcher.areas());
        if (!areas.isEmpty()) {
            String codes = String.join(" ", areas);
            throw unknown(
                    "areas:没有区域 " + codes + ",请用 tickets.places 中的区域编码",
                    "areas: there is no area " + codes + "; take codes of tickets.places");
        }
    }

    private static ProblemException unknown(String zh, String en) {
        return new Problem(ProblemType.UNKNOWN_REFERENCE, zh, en).toException();
    }

    boolean isOwn(Silence silence, Reach reach) {
        Silence.Matcher matcher = silence.matcher();
        if (reach.isEverywhere()) {
            return true;
        }
        return matcher.ticket().isEmpty()
                ? !matcher.areas().isEmpty() && matcher.areas().stream().allMatch(reach::coversPlace)
                : tickets.find(matcher.ticket(), reach).isPresent();
    }

    private boolean isOfTickets() {
        return purpose == Silence.Purpose.SILENCE;
    }
}
