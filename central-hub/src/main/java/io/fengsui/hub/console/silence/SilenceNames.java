package io.fengsui.hub.console.silence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fengsui.hub.access.user.Reach;
import io.fengsui.hub.console.http.Json;
import io.fengsui.hub.console.name.NameBook;
import io.fengsui.hub.grid.KindPattern;
import io.fengsui.hub.notify.silence.Silence;
import io.fengsui.hub.store.query.NameQueries;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What people call what some silences name, read at once for all of them: what somebody sees of it. What has no name here is
 * not known, or not theirs to know. Immutable.
 */
record SilenceNames(
        NameBook book, Reach reach, Map<String, NameQueries.Names> sources, Map<String, NameQueries.Names> tickets) {
    static SilenceNames of(NameBook book, List<Silence> silences, Reach reach) {
        List<String> sources = silences.stream()
                .flatMap(one -> one.matcher().sources().stream())
                .toList();
        List<String> tickets = silences.stream()
                .map(one -> one.matcher().ticket())
                .filter(ticket -> !ticket.isEmpty())
                .toList();
        return new SilenceNames(
                book, reach, book.rows().sources(sources, reach), book.rows().tickets(tickets, reach));
    }

    ObjectNode of(Silence silence) {
        Silence.Matcher matcher = silence.matcher();
        ObjectNode names = Json.object();
        names.set(
                "kinds",
                book.ofKinds(Stream.concat(matcher.kinds().stream(), notHeld(silence).stream())
                        .map(KindPattern::text)
                        .toList()));
        names.set(
                "areas",
                book.ofAreas(matcher.areas().stream().filter(reach::coversPlace).toList()));
        ObjectNode known = names.putObject("sources");
        for (String id : matcher.sources()) {
            NameQueries.Names source = sources.get(id);
            if (source != null) {
                known.set(id, NameBook.json(source));
            }
        }
        if (silence.purpose() == Silence.Purpose.SILENCE) {
            NameQueries.Names ticket = tickets.get(matcher.ticket());
            names.set("ticket", ticket == null ? null : NameBook.json(ticket));
        }
        return names;
    }

    private static List<KindPattern> notHeld(Silence silence) {
        return switch (silence.purpose()) {
            case SILENCE -> List.of();
            case MAINTENANCE -> silence.matcher().notHeld();
        };
    }
}
