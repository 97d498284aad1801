package io.fengsui.edge.decide.health;

import io.fengsui.edge.decide.event.EventBook;
import io.fengsui.edge.decide.event.EventMaker;
import io.fengsui.edge.decide.event.HealthNotice;
import io.fengsui.protocol.Event;
import io.fengsui.protocol.Reason;
import io.fengsui.protocol.value.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Begins, changes and ends the events of health in the book: one open event a part. Confined to {@code decide}. */
final class HealthEvents {
    private final EventMaker maker;
    private final EventBook book;

    HealthEvents(EventMaker maker, EventBook book) {
        this.maker = maker;
        this.book = book;
    }

    /** Begins an event, or tells an open one's new cause. */
    List<Event> begin(HealthNotice notice, Moment now) {
        Optional<Event> open = book.openUnder(notice.dedupKey());
        if (open.isEmpty()) {
            Event event = maker.health(notice, now);
            book.begin(event, now.steadyNanos());
            return List.of(event);
        }
        boolean isKnown = notice.code().equals(open.get().attributes().get("cause"));
        if (isKnown) {
            return List.of();
        }
        Map<String, String> news = new TreeMap<>(Map.of("cause", notice.code()));
        Reason why = new Reason(EventMaker.stage(notice.kind()), notice.code(), notice.detail());
        return book.update(notice.dedupKey(), notice.severity(), now, news, List.of(why)).stream()
                .toList();
    }

    List<Event> end(String dedupKey, Moment now, String code, String detail) {
        String stage =
                book.openUnder(dedupKey).map(e -> EventMaker.stage(e.kind())).orElse("edge");
        return book.end(dedupKey, now, Map.of(), List.of(new Reason(stage, code, detail))).stream()
                .toList();
    }

    /** Of what was over before it could be told. */
    List<Event> beginAndEnd(HealthNotice notice, Moment now, String end) {
        List<Event> told = new ArrayList<>(begin(notice, now));
        told.addAll(end(notice.dedupKey(), now, "recovered", end));
        return told;
    }
}
